/// What can go wrong on purpose; the names are those of the commands and of the administration interface.
public enum FaultKind: String, CaseIterable, Sendable {
  /// An answer comes late; what was asked for is done at once.
  case latency
  /// A request is refused with a status.
  case status
  /// The connection is reset in place of an answer.
  case reset
  /// The connection ends in the middle of an answer's body.
  case truncate
  /// The connection falls silent in the middle of an answer's body.
  case stall
  /// A message's event comes before the answer to who sent it: ``latency`` of that request alone.
  case earlyEvent = "early-event"
  /// A registration for real-time events is refused: ``status`` of that request alone.
  case refuseRegistration = "refuse-registration"

  /// A real-time event is not sent, and the client is told so by `trouter.message_loss`.
  case drop
  /// A real-time event is not sent, and nobody says so.
  case lose
  /// A real-time event is sent twice.
  case duplicate
  /// A real-time event is sent twice, the second time with another text and name under the same id and version.
  case alteredDuplicate = "altered-duplicate"
  /// A real-time event comes late.
  case late
  /// A real-time event comes after the next one, or two seconds late when there is none.
  case reorder
  /// A real-time event that no client knows comes before it.
  case unknownEvent = "unknown-event"
  /// Nobody's time from which history is shared is told.
  case nullShareHistoryTime = "null-share-history-time"
  /// A real-time event's body is compressed, as a header of it says.
  case gzipBody = "gzip-body"
  /// A real-time event's body stands compressed in a member `cp`.
  case cpBody = "cp-body"
  /// A real-time event's body stands in Base64 in a member `gp`.
  case gpBody = "gp-body"
  /// All times of a real-time event have seven digits after the point.
  case fineTimes = "fine-times"

  /// Tokens that were issued so far are refused.
  case revokeTokens = "revoke-tokens"
  /// Real-time sockets are closed in good order.
  case disconnect
  /// Real-time sockets break without a word: clients see 1006.
  case cut
  /// Registrations for real-time events end as if their ttl were over.
  case expireRegistrations = "expire-registrations"
  /// Real-time sockets break, and events are lost until the client is back, as after more than 15 minutes.
  case gap
  /// The service's heartbeats stop; events go on.
  case stopHeartbeats = "stop-heartbeats"
  /// Real-time sockets stay open, and nothing comes any more.
  case stallSockets = "stall-sockets"

  /// The emulator's clock goes wrong by a time, which requests' signatures and tokens feel.
  case clockSkew = "clock-skew"

  /// When a fault strikes.
  enum Occasion {
    /// While a request is answered.
    case request
    /// While a real-time event is lined up for a client.
    case event
    /// Once, when it is asked for.
    case atOnce
  }

  var occasion: Occasion {
    switch self {
    case .latency, .status, .reset, .truncate, .stall, .earlyEvent, .refuseRegistration: .request
    case .drop, .lose, .duplicate, .alteredDuplicate, .late, .reorder, .unknownEvent,
      .nullShareHistoryTime, .gzipBody, .cpBody, .gpBody, .fineTimes:
      .event
    case .revokeTokens, .disconnect, .cut, .expireRegistrations, .gap, .stopHeartbeats,
      .stallSockets, .clockSkew:
      .atOnce
    }
  }

  /// True for those that put an answer off, and so leave room for another one that spoils it.
  var isLatency: Bool { self == .latency || self == .earlyEvent }

  /// True when ``Fault/time`` has a meaning.
  public var takesTime: Bool { isLatency || [.stall, .late, .clockSkew].contains(self) }

  /// True for faults of requests, which can be told apart by plane, method and path.
  public var concernsRequests: Bool { occasion == .request }

  /// True for faults of real-time events, which can be told apart by their number.
  public var concernsEvents: Bool { occasion == .event }

  /// True for faults that may strike one identity only.
  public var concernsPeople: Bool { self != .clockSkew }

  /// True for faults that happen at once, and so cannot be counted or seeded.
  public var isAtOnce: Bool { occasion == .atOnce }

  /// What it does, in a few words for help.
  public var summary: String {
    switch self {
    case .latency: "answer late; what was asked for is done at once"
    case .status: "refuse with a status"
    case .reset: "reset the connection in place of an answer"
    case .truncate: "end the connection in the middle of an answer's body"
    case .stall: "fall silent in the middle of an answer's body"
    case .earlyEvent: "let a message's event come before the answer to its sender"
    case .refuseRegistration: "refuse registrations for real-time events"
    case .drop: "drop a real-time event, and say so by trouter.message_loss"
    case .lose: "drop a real-time event, and say nothing"
    case .duplicate: "send a real-time event twice"
    case .alteredDuplicate: "send a real-time event twice, the second time with other words"
    case .late: "send a real-time event late"
    case .reorder: "send a real-time event after the next one"
    case .unknownEvent: "send an event with an unknown number before a real-time event"
    case .nullShareHistoryTime: "leave shareHistoryTime null in a real-time event"
    case .gzipBody: "compress a real-time event's body, as a header says"
    case .cpBody: "put a real-time event's body into a member cp, compressed"
    case .gpBody: "put a real-time event's body into a member gp"
    case .fineTimes: "write a real-time event's times with seven digits"
    case .revokeTokens: "revoke the tokens that were issued so far"
    case .disconnect: "close real-time sockets in good order"
    case .cut: "break real-time sockets without a word (1006)"
    case .expireRegistrations: "end registrations as if their ttl were over"
    case .gap: "break real-time sockets and lose events until the client is back"
    case .stopHeartbeats: "stop the service's heartbeats"
    case .clockSkew: "let the emulator's clock go fast or slow by a time"
    case .stallSockets: "keep real-time sockets open and send nothing more"
    }
  }
}
