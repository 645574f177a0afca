public import ACSTypes
import Synchronization

/// Where the orders of the rules go: into the program that has the sockets.
struct Outlets {
  var sockets: [Int: @Sendable (SocketOutput) -> Void] = [:]
  var answers: [Int: @Sendable (HTTPResponse) -> Void] = [:]
  /// The deadline that the program was told of last.
  var toldDeadline: Timestamp?
}

extension Core {
  /// When something of real-time events, of Event Grid's or of bots may be due.
  var nextDeadline: Timestamp? {
    [realTime.nextDeadline, bots.nextDeadline, queue.nextDue].compactMap(\.self).min()
  }

  /// Hands the orders over, in their order.
  ///
  /// - Returns: True when the next deadline came nearer than whoever calls `tick` knows.
  mutating func settle() -> Bool {
    for order in realTime.takeOrders() {
      switch order {
      case .send(let text, let socket): outlets.sockets[socket]?(.text(text))
      case .close(let socket): outlets.sockets.removeValue(forKey: socket)?(.close)
      case .drop(let socket): outlets.sockets.removeValue(forKey: socket)?(.drop)
      case .answer(let response, let push): outlets.answers.removeValue(forKey: push)?(response)
      }
    }
    guard let deadline = nextDeadline,
      outlets.toldDeadline.map({ deadline < $0 }) ?? true
    else { return false }
    outlets.toldDeadline = deadline
    return true
  }
}

extension Emulator {
  /// True when a request is for a socket of real-time events, which ``admitSocket(_:now:)`` judges.
  public static func isSocket(_ request: HTTPRequest) -> Bool {
    request.target.hasPrefix("/socket.io/1/websocket/")
      || request.target.hasPrefix("/v4/c") && request.path == "/v4/c"
  }

  /// Whether a request may become a socket of real-time events; `nil` when it is for another path.
  public func admitSocket(_ request: HTTPRequest, now: Timestamp) -> SocketAdmission? {
    withCore(now: now) { core, now in core.admitSocket(request, now: now) }
  }

  /// The socket of an admitted request is open.
  ///
  /// - Parameters:
  ///   - ticket: What ``admitSocket(_:now:)`` gave.
  ///   - now: The time.
  ///   - outlet: Takes what becomes of the socket, in order. It is called under a lock: it must not wait, nor call back.
  /// - Returns: The socket's number.
  public func socketOpened(
    _ ticket: SocketTicket, now: Timestamp, outlet: @escaping @Sendable (SocketOutput) -> Void
  ) -> Int {
    withCore(now: now) { core, now in
      let id = core.socketOpened(ticket, now: now)
      core.outlets.sockets[id] = outlet
      core.keepRegistrations(of: core.realTime.registered(over: id), now: now)
      return id
    }
  }

  /// A text came over a socket.
  public func socketReceived(_ text: String, over id: Int, now: Timestamp) {
    withCore(now: now) { core, now in core.socketReceived(text, over: id, now: now) }
  }

  /// A socket is gone, whoever closed it.
  public func socketClosed(_ id: Int, now: Timestamp) {
    withCore(now: now) { core, now in
      core.outlets.sockets[id] = nil
      let identity = core.realTime.registered(over: id)
      core.realTime.socketClosed(id, now: now)
      core.keepRegistrations(of: identity, now: now)
    }
  }

  /// True when a request is for a client, which ``push(_:now:answer:)`` takes it to.
  public static func isPush(_ request: HTTPRequest) -> Bool { request.target.hasPrefix("/v4/f/") }

  /// Takes a request through its socket to the client that has the address, and the client's answer back.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - now: The time.
  ///   - answer: Called once: at once, when the client answered, or by `tick` with 504. It must not wait, nor call back.
  public func push(
    _ request: HTTPRequest, now: Timestamp, answer: @escaping @Sendable (HTTPResponse) -> Void
  ) {
    withCore(now: now) { core, now in
      guard let push = core.push(request, now: now) else {
        return answer(core.respond(to: Exchange(request, now: now)).response)
      }
      core.outlets.answers[push] = answer
    }
  }
}
