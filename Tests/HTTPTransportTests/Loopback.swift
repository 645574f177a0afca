import ACSTypes
import Executor
import HTTPServing
import HTTPTransport
import Services

/// A server and a client on this machine.
struct Loopback {
  static let executor = PosixExecutor(threads: 2, name: "test-tasks")

  let server: HTTPServer
  let exchange: CurlExchange

  /// Serves `handler` while `body` runs.
  static func serving(
    _ handler: any HTTPHandler,
    configure: (inout HTTPServer.Configuration) -> Void = { _ in },
    certificateAuthority: String? = nil, _ body: (Loopback) async throws -> Void
  ) async throws {
    var configuration = HTTPServer.Configuration(executor: executor, handler: handler)
    configure(&configuration)
    let server = HTTPServer(configuration: configuration)
    try server.start()
    defer { server.stop() }
    let exchange = CurlExchange(
      certificateAuthority: certificateAuthority, userAgent: "confab/test")
    try await body(Loopback(server: server, exchange: exchange))
  }

  func request(
    _ method: String = "GET", _ target: String = "/", headers: HTTPHeaders = [:],
    body: [UInt8] = [], timeout: Duration = .seconds(20)
  ) -> HTTPRequest {
    HTTPRequest(
      method: method, origin: server.origin, target: target, headers: headers, body: body,
      timeout: timeout)
  }

  func send(
    _ method: String = "GET", _ target: String = "/", headers: HTTPHeaders = [:],
    body: [UInt8] = [], timeout: Duration = .seconds(20)
  ) async throws -> HTTPResponse {
    try await exchange.exchange(
      request(method, target, headers: headers, body: body, timeout: timeout))
  }

  func connect(_ target: String = "/", headers: HTTPHeaders = [:]) async throws -> any MessageSocket
  {
    try await CurlSocketConnector(over: exchange).connect(
      request("GET", target, headers: headers))
  }
}

/// Answers with a closure.
struct Answering: HTTPHandler {
  let answer: @Sendable (HTTPRequest) -> HTTPHandling

  init(_ answer: @escaping @Sendable (HTTPRequest) -> HTTPHandling) {
    self.answer = answer
  }

  func respond(to request: HTTPRequest) -> HTTPHandling { answer(request) }

  /// Tells the client what came: method, origin, target, fields, and the body behind an empty line.
  static let echo = Answering { request in
    let fields = request.headers.fields.map { "\($0.name): \($0.value)" }
    let head = [request.method, request.origin, request.target] + fields
    return .response(
      HTTPResponse(
        status: 200, headers: ["Content-Type": "text/plain"],
        body: Array((head.joined(separator: "\n") + "\n\n").utf8) + request.body))
  }

  /// A WebSocket that says again what it hears; every other path gets 404.
  static let echoSocket = Answering { request in
    guard request.path == "/echo" else { return .response(HTTPResponse(status: 404)) }
    return .now(
      .webSocket { socket in
        while let text = try? await socket.receive() { try? await socket.send(text) }
      })
  }
}
