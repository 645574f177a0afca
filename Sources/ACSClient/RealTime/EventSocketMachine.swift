import ACSTypes
import ACSWire

/// The life of one real-time socket after it opened, as a value: what came and when, and what is to be done (REALTIME 4.3).
///
/// It knows no socket, clock or task. What it cannot read is counted and passed over.
struct EventSocketMachine {
  /// What the caller must do now, in order.
  enum Instruction: Equatable {
    /// Send this text.
    case send(String)
    /// Register, for the first time or anew.
    case register
    /// See whether there is a newer token, and say so by ``EventSocketMachine/renewed(_:)``.
    case lookAtToken
    /// Read what a request brings; it was answered.
    case read(TunnelledRequest)
    /// Tell this.
    case tell(ChatEventSignal)
    /// Give the socket up.
    case end(ServiceError)
  }

  /// The client asks this often whether the service is there, and at least three times before it gives up (REALTIME 4.3).
  static let longestPing = Duration.seconds(30)
  /// How long silence lasts where the service does not say: what is seen of it, rounded up.
  static let usualSilence = Duration.seconds(180)
  /// After an event that could not be read, those who keep a copy are told to read it anew, so often at most.
  static let lossInterval = Duration.seconds(30)

  /// Where others reach this client; newer than what the registrar knows until it was told.
  private(set) var surl: String
  /// What could not be read or is not known so far.
  private(set) var tally = EventTally()
  private let silence: Duration
  private let vector: String
  private var lastHeardOn: Timestamp
  private var pingOn: Timestamp
  /// When the registration is renewed; `nil` before there is one, and while one is asked for.
  private var renewOn: Timestamp?
  private var isRegistered = false
  private var lastNumber = 0
  /// When a loss was told last, and whether one is to be told yet.
  private var lossToldOn: Timestamp?
  private var owesLoss = false

  /// A socket that has just opened.
  ///
  /// - Parameters:
  ///   - session: Says how long silence may last.
  ///   - surl: Where others reach this client.
  ///   - vector: 22 random characters of Base64, for the service's logs.
  ///   - now: The time.
  init(session: SocketSession, surl: String, vector: String, now: Timestamp) {
    self.surl = surl
    self.vector = vector
    silence = session.heartbeat.flatMap { $0 > .zero ? $0 : nil } ?? EventSocketMachine.usualSilence
    lastHeardOn = now
    pingOn = now
    pingOn = now + pingInterval
  }

  private var pingInterval: Duration { min(EventSocketMachine.longestPing, silence / 3) }

  /// When ``clockAdvanced(to:)`` has something to do, at the latest.
  var deadline: Timestamp {
    [lastHeardOn + silence, pingOn, renewOn].compactMap(\.self).min() ?? pingOn
  }

  // MARK: - What comes

  /// A text came.
  mutating func received(_ text: String, now: Timestamp) -> [Instruction] {
    lastHeardOn = now
    guard let frame = try? SocketFrame(text: text) else {
      tally.malformedFrames += 1
      return []
    }
    switch frame.kind {
    case .connect:
      return [
        .send(numbered(.activity(isActive: true, vector: vector))), .register,
      ]
    case .heartbeat:
      return [.send(SocketFrame(.heartbeat).text)]
    case .message:
      return requestCame(frame.data)
    case .event:
      return eventCame(frame, now: now)
    case .disconnect:
      return [.end(.eventsClosed("The service closed the channel of events."))]
    case .error:
      return [
        .end(.eventsClosed("The service closed the channel of events: \(frame.data.legible)"))
      ]
    case .acknowledgement, .json, .nothing:
      return []
    }
  }

  /// Answers before anything else: who waits for an answer sends again (REALTIME 4.4).
  private mutating func requestCame(_ data: String) -> [Instruction] {
    guard let request = try? TunnelledRequest(text: data) else {
      tally.malformedFrames += 1
      return []
    }
    let echoed = request.headers.filter { name, _ in
      ["trouter-request", "ms-cv"].contains(name.lowercased())
    }
    let answer = TunnelledResponse(id: request.id, headers: echoed)
    return [.send(SocketFrame(.message, data: answer.json.text).text), .read(request)]
  }

  private mutating func eventCame(_ frame: SocketFrame, now: Timestamp) -> [Instruction] {
    guard let event = try? SocketEvent(text: frame.data) else {
      tally.malformedFrames += 1
      return []
    }
    var instructions: [Instruction] = []
    if let number = frame.id, frame.wantsAcknowledgement {
      instructions.append(.send(SocketFrame.acknowledgement(of: number, []).text))
    }
    switch event.name {
    case SocketEvent.Name.connected:
      guard let place = event.arguments.first?["surl"]?.string, place != surl else { break }
      surl = place
      instructions += registerAnew()
    case SocketEvent.Name.messageLoss:
      if let loss = event.arguments.first.flatMap({ try? MessageLoss(json: $0) }) {
        instructions.append(.send(numbered(.processed(loss))))
      } else {
        tally.malformedFrames += 1
      }
      instructions += registerAnew()
      // Until the registration stands nobody was promised anything.
      if isRegistered {
        lossToldOn = now
        owesLoss = false
        instructions.append(.tell(.eventsLost))
      }
    default:
      break
    }
    return instructions
  }

  /// One that is under way already is not asked for again, unless it would bear the wrong address.
  private mutating func registerAnew() -> [Instruction] {
    guard isRegistered else { return [] }
    renewOn = nil
    return [.register]
  }

  private mutating func numbered(_ event: SocketEvent) -> String {
    lastNumber += 1
    return SocketFrame(
      .event, id: lastNumber, wantsAcknowledgement: true, data: event.json.text
    ).text
  }

  // MARK: - What was done

  /// The registrar took the client's address `place`, for `ttl`.
  mutating func registered(at place: String, for ttl: Duration, now: Timestamp) -> [Instruction] {
    // Three quarters leave time for more than one try.
    renewOn = now + ttl * 3 / 4
    let isFirst = !isRegistered
    isRegistered = true
    let news: [Instruction] = isFirst ? [.tell(.connected)] : []
    return place == surl ? news : news + registerAnew()
  }

  /// There is a newer token than the socket was opened with.
  mutating func renewed(_ token: Secret) -> [Instruction] {
    [.send(SocketFrame(.event, data: SocketEvent.authenticate(token).json.text).text)]
  }

  /// An event has a number that this version does not know.
  mutating func unknownEventCame() {
    tally.unknownEvents += 1
  }

  /// A request could not be read as an event: it may have been one that matters, so copies are to be read anew.
  mutating func unreadableEventCame(now: Timestamp) -> [Instruction] {
    tally.unreadableEvents += 1
    owesLoss = true
    return payLoss(now: now)
  }

  private mutating func payLoss(now: Timestamp) -> [Instruction] {
    guard owesLoss else { return [] }
    if let told = lossToldOn, now - told < EventSocketMachine.lossInterval { return [] }
    owesLoss = false
    lossToldOn = now
    return [.tell(.eventsLost)]
  }

  // MARK: - Time

  /// Time has passed.
  mutating func clockAdvanced(to now: Timestamp) -> [Instruction] {
    guard now - lastHeardOn < silence else {
      let seconds = silence.components.seconds
      return [.end(.eventsClosed("Nothing came over the channel of events for \(seconds) s."))]
    }
    var instructions: [Instruction] = []
    if pingOn <= now {
      pingOn = now + pingInterval
      instructions += [.send(numbered(.ping)), .lookAtToken] + payLoss(now: now)
    }
    if let renewOn, renewOn <= now { instructions += registerAnew() }
    return instructions
  }
}

extension ServiceError {
  /// The channel ended in a way that another try may mend.
  fileprivate static func eventsClosed(_ message: String) -> ServiceError {
    ServiceError(.unreachable, message)
  }
}

extension String {
  /// What the service says of a refusal, without what could disturb a screen.
  fileprivate var legible: String {
    String(prefix(200).map { $0.isNewline || $0 == "\t" ? " " : $0 })
  }
}
