import ACSTypes
import CMicrohttpd
import Executor

/// One request on its way through the server: header fields, body, answer.
///
/// Belongs to that thread of libmicrohttpd's which has the connection.
final class ServerExchange {
  private enum Stage {
    /// Before the header fields were seen.
    case begun
    /// While the body comes.
    case receiving
    /// While a body over the limit comes, which nobody keeps.
    case discarding
    /// While a task owes the answer.
    case waiting(PendingReply)
    /// After the answer was queued.
    case answered
  }

  private let daemon: Daemon
  private let connection: OpaquePointer
  private var request: HTTPRequest
  private let hasTarget: Bool
  private var stage = Stage.begun
  private var received = 0
  private var bodyDeadline: ContinuousClock.Instant?
  private var counts = true
  /// Set before an answer of 101 is queued.
  private(set) var upgrade: SocketUpgrade?

  /// A request whose request line was read; `target` is `nil` when it is not UTF-8.
  init(daemon: Daemon, connection: OpaquePointer, target: String?) {
    self.daemon = daemon
    self.connection = connection
    hasTarget = target != nil
    request = HTTPRequest(method: "", origin: "", target: target ?? "")
    daemon.traffic.exchangeBegan()
  }

  /// libmicrohttpd has something: the header fields, a piece of the body, the body's end, or an answer is due.
  ///
  /// - Returns: False to drop the connection.
  func advance(method: UnsafePointer<CChar>, chunk: UnsafeRawBufferPointer) -> Bool {
    switch stage {
    case .begun:
      request.method = String(cString: method)
      return headArrived()
    case .receiving, .discarding:
      return chunk.isEmpty ? bodyEnded() : bodyArrived(chunk)
    case .waiting(let reply):
      guard let reply = reply.value else { return false }
      return send(reply)
    case .answered:
      return true
    }
  }

  /// The connection is done with this request.
  func ended() {
    if counts { daemon.traffic.exchangeEnded() }
    counts = false
  }

  /// The connection became a WebSocket: from now on that counts, not the request.
  func becameWebSocket() { ended() }

  // MARK: Reading

  private func headArrived() -> Bool {
    daemon.heads.settled(cmicrohttpd_descriptor(connection))
    request.headers = headerFields(of: connection)
    let limit = daemon.configuration.maximumBody
    let length = request.headers["Content-Length"].flatMap { Int($0) } ?? 0
    guard hasTarget else {
      return send(.response(.badRequest("The request's target is not UTF-8.")))
    }
    guard length <= limit else {
      // Read what is not too long, so that the client sees the answer and not a broken connection.
      let mayDrain = length <= limit * 4 && request.headers["Expect"] == nil
      stage = .discarding
      return mayDrain ? true : sendTooLarge()
    }
    stage = .receiving
    request.body.reserveCapacity(length)
    return true
  }

  private func bodyArrived(_ chunk: UnsafeRawBufferPointer) -> Bool {
    received += chunk.count
    guard isInTime() else { return false }
    let limit = daemon.configuration.maximumBody
    if received > limit {
      stage = .discarding
      request.body = []
      return received <= limit * 4
    }
    request.body.append(contentsOf: chunk)
    return true
  }

  private func isInTime() -> Bool {
    let now = ContinuousClock.now
    let deadline = bodyDeadline ?? now + daemon.configuration.bodyTimeout
    bodyDeadline = deadline
    return now < deadline
  }

  private func bodyEnded() -> Bool {
    if case .discarding = stage { return sendTooLarge() }
    let host = request.headers["Host"] ?? daemon.configuration.address
    request.origin = "\(daemon.scheme)://\(host)"
    switch daemon.configuration.handler.respond(to: request, from: peer(of: connection)) {
    case .now(let reply):
      return send(reply)
    case .later(let operation):
      let reply = PendingReply(suspending: connection)
      stage = .waiting(reply)
      daemon.traffic.start(owing: reply) { reply.answer(await operation()) }
      return true
    case .owed(let begin):
      let reply = PendingReply(suspending: connection)
      stage = .waiting(reply)
      let traffic = daemon.traffic
      if let number = traffic.owe(reply) {
        begin { answer in
          traffic.paid(number)
          reply.answer(answer)
        }
      }
      return true
    }
  }

  // MARK: Answering

  private func sendTooLarge() -> Bool {
    send(.response(daemon.configuration.bodyTooLarge(daemon.configuration.maximumBody)))
  }

  private func send(_ reply: HTTPServerReply) -> Bool {
    if case .broken(let response, let breakage) = reply { return send(response, breakage) }
    stage = .answered
    switch reply {
    case .broken: return false
    case .response(let response):
      return queue(response, on: connection, closing: daemon.traffic.isStopping)
    case .webSocket(let owner):
      let upgrade = SocketUpgrade(daemon: daemon, request: request, owner: owner)
      guard let answer = upgrade.refusal else {
        self.upgrade = upgrade
        return upgrade.accept(on: connection)
      }
      return queue(answer, on: connection, closing: false)
    }
  }

  /// Sends an answer that goes wrong: holds it back first, then spoils it.
  private func send(_ response: HTTPResponse, _ breakage: HTTPBreakage) -> Bool {
    guard breakage.delay <= .zero else {
      let rest = HTTPServerReply.broken(response, HTTPBreakage(ending: breakage.ending))
      stage = .waiting(Pause.begin(on: connection, traffic: daemon.traffic, breakage.delay, rest))
      return true
    }
    switch breakage.ending {
    case .whole: return send(.response(response))
    case .reset:
      stage = .answered
      cmicrohttpd_reset(connection)
      return false
    case .truncated(_, let silence) where response.body.isEmpty:
      guard silence > .zero else { return false }
      let rest = HTTPServerReply.broken(
        response, HTTPBreakage(ending: .truncated(bytes: 0, silence: .zero)))
      stage = .waiting(Pause.begin(on: connection, traffic: daemon.traffic, silence, rest))
      return true
    case .truncated(let bytes, let silence):
      stage = .answered
      let body = BrokenBody(
        response.body, limit: bytes, silence: silence, on: connection, traffic: daemon.traffic)
      return body.queue(as: response)
    }
  }
}

extension HTTPResponse {
  /// 400 in the envelope that Azure's services use.
  static func badRequest(_ message: String) -> HTTPResponse {
    HTTPResponse(
      status: 400, headers: ["Content-Type": "application/json"],
      body: Array(#"{"error":{"code":"BadRequest","message":"\#(message)"}}"#.utf8))
  }
}
