import ACSTypes
import HTTPServing
import Services
import Synchronization
import TestKit
import Testing

@testable import HTTPTransport

@Suite("Exchanges that fail", .timeLimit(.minutes(2)))
struct FailureTests {
  @Test("where nothing listens, the message says so")
  func nobody() async throws {
    let error = await failure(
      of: HTTPRequest(method: "GET", origin: "http://127.0.0.1:1", target: "/"))
    #expect(error?.code == .cannotConnect)
    #expect(
      error?.message
        == "Nothing answers at http://127.0.0.1:1. Is the server running, and the port right?")
  }

  @Test(
    "an answer that is not whole or not HTTP is no answer",
    arguments: [
      "", "garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope", "HTTP/1.1 2",
    ])
  func liar(answer: String) async {
    let peer = RawPeer { _ in Array(answer.utf8) }
    defer { peer.stop() }
    let error = await failure(of: HTTPRequest(method: "GET", origin: peer.origin, target: "/a?b=c"))
    #expect(error?.code == .interrupted)
    #expect(error?.message.hasPrefix("GET \(peer.origin)/a brought no whole answer: ") == true)
  }

  @Test("a server that takes too long is given up", arguments: ["", "HTTP/1.1 200 OK\r\nX: y\r\n"])
  func slow(answer: String) async {
    let peer = RawPeer(staysOpen: true) { _ in Array(answer.utf8) }
    defer { peer.stop() }
    let error = await failure(
      of: HTTPRequest(
        method: "GET", origin: peer.origin, target: "/", timeout: .milliseconds(200)))
    #expect(error?.code == .timedOut)
    #expect(
      error?.message == "GET \(peer.origin)/ brought no whole answer within 0.2 seconds.")
  }

  @Test("an answer over 32 MiB is refused, and what follows works")
  func tooLarge() async throws {
    let handler = Answering { request in
      let size = request.path == "/large" ? CurlExchange.maximumAnswer + 1 : 1
      return .response(HTTPResponse(status: 200, body: [UInt8](repeating: 120, count: size)))
    }
    try await Loopback.serving(handler) { world in
      let error = await #expect(throws: TransportError.self) {
        try await world.send("GET", "/large")
      }
      #expect(error?.code == .tooLarge)
      let answer = try await world.send("GET", "/small")
      #expect(answer.text == "x")
    }
  }

  @Test("cancelling the task ends the transfer")
  func cancellation() async throws {
    let gate = Gate()
    let handler = Answering { _ in
      .later {
        await gate.pass()
        return .response(HTTPResponse(status: 200))
      }
    }
    try await Loopback.serving(handler) { world in
      let request = world.request()
      let exchange = world.exchange
      let task = Task { try await exchange.exchange(request) }
      await gate.reached()
      task.cancel()
      let error = await #expect(throws: TransportError.self) { try await task.value }
      #expect(error?.code == .cancelled)
      gate.open()
    }
  }

  @Test("a task that was cancelled before sends nothing")
  func cancelledBefore() async throws {
    let asked = Mutex(0)
    let handler = Answering { _ in
      asked.withLock { $0 += 1 }
      return .response(HTTPResponse(status: 200))
    }
    try await Loopback.serving(handler) { world in
      let request = world.request()
      let exchange = world.exchange
      for _ in 0..<200 {
        let gate = Gate()
        let task = Task {
          await gate.pass()
          return try await exchange.exchange(request)
        }
        task.cancel()
        gate.open()
        let error = await #expect(throws: TransportError.self) { try await task.value }
        #expect(error?.code == .cancelled)
      }
    }
    #expect(asked.withLock { $0 } == 0)
  }

  @Test("what is under way ends with the exchange")
  func exchangeEnds() async throws {
    let peer = RawPeer(staysOpen: true) { _ in [] }
    defer { peer.stop() }
    let loop = CurlLoop(certificateAuthority: nil, userAgent: "confab/test")
    let outgoing = try OutgoingRequest(
      HTTPRequest(method: "GET", origin: peer.origin, target: "/"))
    let task = Task { () -> HTTPResponse in
      try await loop.wait { .start($0, outgoing, $1) }
    }
    await peer.gotHead()
    loop.stop()
    let error = await #expect(throws: TransportError.self) { try await task.value }
    #expect(error?.code == .interrupted)
  }

  @Test(
    "a token never leaves in clear text for another machine",
    arguments: [
      "Authorization", "authorization", "X-Skypetoken", "x-confab-token", "Proxy-Authorization",
      "Cookie",
    ])
  func clearText(name: String) async {
    var headers = HTTPHeaders()
    headers.append(name: name, value: "Bearer secret-text")
    // 192.0.2.1 is nobody's address: a connection would take long, this answer comes at once.
    let error = await failure(
      of: HTTPRequest(method: "GET", origin: "http://192.0.2.1", target: "/", headers: headers))
    #expect(error?.code == .badURL)
    #expect(
      error?.message
        == "http://192.0.2.1 would get the \(name) header in clear text, for everybody on the way "
        + "to read. Use https:// for every machine but this one.")
  }

  @Test(
    "which machines may get a token in clear text",
    arguments: [
      ("http://127.0.0.1", true), ("http://127.9.8.7:80", true), ("http://localhost:1", true),
      ("http://LocalHost", true), ("http://[::1]:80", true), ("https://example.com", true),
      ("https://192.0.2.1", true), ("http://example.com", false),
      ("http://127.0.0.1.example", false),
      ("http://localhost.example", false), ("http://127.1", false), ("http://127.0.0.256", false),
      ("http://[::2]", false), ("http://[::ffff:127.0.0.1]", false), ("http://0.0.0.0", false),
    ])
  func protection(origin: String, isProtected: Bool) throws {
    #expect(try Origin(origin).protectsSecrets == isProtected)
  }

  @Test(
    "what is on this machine's link has no proxy before it",
    arguments: [
      ("http://127.0.0.1:1", true), ("http://localhost", true),
      ("http://169.254.169.254", true), ("http://169.254.1.1:8080", true),
      ("http://169.254.example", false), ("http://169.255.1.1", false),
      ("https://example.com", false), ("http://10.0.0.1", false),
    ])
  func link(origin: String, isOnThisLink: Bool) throws {
    #expect(try Origin(origin).isOnThisLink == isOnThisLink)
  }

  @Test(
    "what is not an origin is refused",
    arguments: [
      "", "127.0.0.1", "ftp://127.0.0.1", "http://", "http:///", "http://127.0.0.1/", "http://a b",
      "http://user@127.0.0.1", "http://127.0.0.1:port", "http://127.0.0.1:70000", "http://[::1",
      "http://[x]", "http://127.0.0.1:", "http://127.0.0.1?x", "http://a\r\nb",
      "file:///etc/passwd",
      "http://[::1]x",
    ])
  func badOrigin(origin: String) async {
    let error = await failure(of: HTTPRequest(method: "GET", origin: origin, target: "/"))
    #expect(error?.code == .badURL)
  }

  @Test(
    "what would break out of the request's head is refused",
    arguments: [
      ("GET", "/a b", "X", "y"), ("GET", "/a\r\nHost: x", "X", "y"), ("GET", "a", "X", "y"),
      ("GET", "", "X", "y"), ("GE T", "/", "X", "y"), ("", "/", "X", "y"),
      ("GET", "/", "X", "y\r\nZ: 1"), ("GET", "/", "X: y\nZ", "1"), ("GET", "/", "", "y"),
    ])
  func injection(method: String, target: String, name: String, value: String) async {
    var headers = HTTPHeaders()
    headers.append(name: name, value: value)
    let error = await failure(
      of: HTTPRequest(
        method: method, origin: "http://127.0.0.1:1", target: target, headers: headers))
    #expect(error?.code == .badURL)
  }

  private func failure(of request: HTTPRequest) async -> TransportError? {
    await #expect(throws: TransportError.self) { try await CurlExchange().exchange(request) }
  }
}
