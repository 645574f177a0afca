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
  /// Whether the target is UTF-8.
  private let isText: Bool
  private var stage = Stage.begun
  private var received = 0
  private var bodyDeadline: ContinuousClock.Instant?
  private var counts = true
  /// Set before an answer of 101 is queued.
  private(set) var upgrade: SocketUpgrade?

  /// A request whose request line was read.
  init(daemon: Daemon, connection: OpaquePointer, target: UnsafePointer<CChar>) {
    self.daemon = daemon
    self.connection = connection
    let text = String(validatingCString: target)
    isText = text != nil
    request = HTTPRequest(method: "", origin: "", target: text ?? String(cString: target))
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
      switch reply.value {
      case .reply(let reply): return send(reply)
      case .stopping: return refuse(.stopping)
      case nil: return false
      }
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
    let host = request.headers["Host"] ?? daemon.configuration.address
    request.origin = "\(daemon.scheme)://\(host)"
    let limit = daemon.configuration.maximumBody
    if let refusal = HTTPRefusal.ambiguousBody(request.headers) {
      return refuse(refusal, closing: true)
    }
    let length = request.headers["Content-Length"].map { Int($0) ?? .max } ?? 0
    guard isText else { return refuse(.badRequest("The request's target is not UTF-8.")) }
    guard length <= limit else {
      // Read what is not too long, so that the client sees the answer and not a broken connection.
      let mayDrain = length / 4 <= limit && request.headers["Expect"] == nil
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
    refuse(.tooLarge(limit: daemon.configuration.maximumBody))
  }

  private func refuse(_ refusal: HTTPRefusal, closing: Bool = false) -> Bool {
    stage = .answered
    var response = daemon.configuration.refuse(refusal, request)
    for field in refusal.headers.fields { response.headers[field.name] = field.value }
    return queue(response, on: connection, closing: closing || daemon.traffic.isStopping)
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
      if let refusal = upgrade.refusal { return refuse(refusal) }
      self.upgrade = upgrade
      return upgrade.accept(on: connection)
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
