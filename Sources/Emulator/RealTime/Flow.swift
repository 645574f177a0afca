import ACSTypes
import ACSWire

/// A client's address for events, `/v4/f/{id}/`, from its first request to the end of its socket (REALTIME 4).
struct Flow {
  let id: String
  /// Whose it is.
  let identity: String
  /// The client's own name for itself; it comes back under it.
  let epid: String
  let ccid: String
  /// Proves on the handshake that the flow was given to who asks.
  let signature: String
  let startsOn: Timestamp
  let endsOn: Timestamp
  /// Where the client reaches the emulator.
  let origin: String
  /// When the newest token that it was opened with ends.
  var authorisedUntil: Timestamp
  /// The socket, while there is one.
  var socket: Int?
  /// True until a first socket was told that events may have been lost.
  var isFresh = true

  /// The path that requests to the client begin with.
  var path: String { "/v4/f/\(id)/" }

  /// What the client repeats in the handshake.
  var connectParameters: [String: String] {
    [
      "sr": id, "issuer": "confab", "sp": "connect", "st": "\(startsOn.milliseconds)",
      "se": "\(endsOn.milliseconds)", "sig": signature,
    ]
  }

  /// Where things are, as `/v4/a` and `trouter.connected` tell it.
  func connection(withSocketIO: Bool, now: Timestamp) -> TrouterConnection {
    let surl = "\(origin)\(path)"
    let ttl = (endsOn - now).components.seconds
    return TrouterConnection(
      socketIO: withSocketIO ? "\(origin)/" : nil, surl: surl, ccid: ccid,
      registrarURL: "\(origin)\(RealTime.registrarPath)", connectParameters: connectParameters,
      more: [
        "id": .string(id), "url": .string(surl), "ttl": .string("\(ttl)"),
        "healthUrl": .string("\(origin)/v4/h"), "curlb": .string(origin),
      ])
  }
}

/// An open socket.
struct RealTimeSocket {
  /// What was sent and waits for its answer.
  struct Sent {
    /// What is answered: an event of a registration, or somebody's request.
    enum Purpose {
      case event(registration: Registration.Key, Registration.Waiting)
      case push(Int)
    }

    let purpose: Purpose
    var deadline: Timestamp
  }

  /// Empty until it is authenticated.
  var flow = ""
  /// Where the client reaches the emulator.
  let origin: String
  /// The client's own name for itself.
  let epid: String
  /// When the token that it was opened with ends; before a token came, when it has to be there.
  var authorisedUntil: Timestamp
  var lastHeardOn: Timestamp
  var lastBeatOn: Timestamp
  /// True after a heartbeat that was not echoed yet.
  var owesHeartbeat = false
  var lastRequest = 0
  var lastEvent = 0
  var sent: [Int: Sent] = [:]

  /// True when the service's heartbeats stopped on purpose.
  var lacksHeartbeats = false
  /// True when nothing is sent any more on purpose.
  var isStalled = false

  var isAuthenticated: Bool { !flow.isEmpty }
}

/// A client's wish to be told events, with those that wait for it.
struct Registration {
  /// What tells registrations apart.
  struct Key: Hashable {
    let identity: String
    let id: String
  }

  /// An event on its way to one client.
  struct Waiting {
    let listener: String
    var body: String
    let madeOn: Timestamp
    /// What the body needs to be read.
    var headers: [String: String] = [:]
    /// How often it was sent.
    var attempts = 0
    /// Held back until then.
    var notBefore: Timestamp?
    /// Held back until another one has passed it.
    var yields = false
  }

  /// Whether events were lost, and whether the client knows.
  enum Loss {
    case none
    case untold(Timestamp)
    case told(Timestamp)
  }

  let key: Key
  /// The client's own name for itself.
  var epid: String
  var flow: String
  /// What the client's path has after the flow's.
  var suffix: String
  var expiresOn: Timestamp
  var waiting: [Waiting] = []
  var loss = Loss.none
  /// True when events are lost on purpose until the client is back.
  var isAway = false

  /// What a loss is told under: the suffix without its slash.
  var tag: String { suffix.hasSuffix("/") ? String(suffix.dropLast()) : suffix }
}
