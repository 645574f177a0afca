import ACSTypes
import Executor
import HTTPServing
import HTTPTransport
import Services
import TestKit
import Testing
import WebSocketFrames

@Suite("WebSockets over loopback", .timeLimit(.minutes(2)))
struct SocketTests {
  @Test("texts of every length come back", arguments: [0, 1, 125, 126, 65_536, 1 << 20])
  func echo(length: Int) async throws {
    try await Loopback.serving(Answering.echoSocket) { world in
      let socket = try await world.connect("/echo")
      let text = String(repeating: "ø", count: length / 2) + (length % 2 == 1 ? "x" : "")
      try await socket.send(text)
      let answer = try await socket.receive()
      #expect(answer == text)
      await socket.close()
    }
  }

  @Test("a thousand messages keep their order both ways")
  func order() async throws {
    try await Loopback.serving(Answering.echoSocket) { world in
      let socket = try await world.connect("/echo")
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          for number in 0..<1000 { try await socket.send("message \(number)") }
        }
        for number in 0..<1000 {
          let text = try await socket.receive()
          #expect(text == "message \(number)")
        }
        try await group.waitForAll()
      }
      await socket.close()
    }
  }

  @Test("50 sockets at once do not mix")
  func many() async throws {
    try await Loopback.serving(Answering.echoSocket) { world in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<50 {
          group.addTask {
            let socket = try await world.connect("/echo")
            for round in 0..<10 {
              try await socket.send("\(number) \(round)")
              let text = try await socket.receive()
              #expect(text == "\(number) \(round)")
            }
            await socket.close()
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test("the request of the upgrade reaches the handler with target and fields")
  func request() async throws {
    let handler = Answering { request in
      let seen = "\(request.target) \(request.headers["Authorization"] ?? "")"
      return .now(.webSocket { try? await $0.send(seen) })
    }
    try await Loopback.serving(handler) { world in
      let socket = try await world.connect(
        "/calls/8%3Aacs?v=1", headers: ["Authorization": "Bearer abc"])
      let seen = try await socket.receive()
      #expect(seen == "/calls/8%3Aacs?v=1 Bearer abc")
    }
  }

  @Test("the server's end is seen, after what it said before")
  func serverCloses() async throws {
    let handler = Answering { _ in .now(.webSocket { try? await $0.send("farewell") }) }
    try await Loopback.serving(handler) { world in
      let socket = try await world.connect()
      let last = try await socket.receive()
      #expect(last == "farewell")
      for _ in 0..<2 {
        let end = try await socket.receive()
        #expect(end == nil)
      }
      let error = await #expect(throws: TransportError.self) { try await socket.send("too late") }
      #expect(error?.code == .interrupted)
      await socket.close()
    }
  }

  @Test("the client's end is seen")
  func clientCloses() async throws {
    let (ends, sink) = AsyncStream.makeStream(of: String.self)
    let handler = Answering { _ in
      .now(
        .webSocket { socket in
          do {
            while let text = try await socket.receive() { sink.yield(text) }
            sink.yield("closed")
          } catch {
            sink.yield("broken: \(error)")
          }
        })
    }
    try await Loopback.serving(handler) { world in
      let socket = try await world.connect()
      try await socket.send("hello")
      await socket.close()
      var seen = ends.makeAsyncIterator()
      #expect(await seen.next() == "hello")
      #expect(await seen.next() == "closed")
    }
  }

  @Test("a client that vanishes is an error for the server's side")
  func clientVanishes() async throws {
    let (ends, sink) = AsyncStream.makeStream(of: TransportError?.self)
    let handler = Answering { _ in
      .now(
        .webSocket { socket in
          do {
            while try await socket.receive() != nil {}
            sink.yield(nil)
          } catch {
            sink.yield(error as? TransportError)
          }
        })
    }
    try await Loopback.serving(handler) { world in
      let head =
        "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
      _ = talk(to: world.server.port, Array(head.utf8), [], untilClosed: false)
      var seen = ends.makeAsyncIterator()
      let error = try #require(await seen.next())
      #expect(error?.code == .interrupted)
      #expect(error?.message.hasPrefix("The WebSocket to the client broke: ") == true)
    }
  }

  @Test("a server that is killed is an error for the client")
  func serverVanishes() async throws {
    let peer = RawPeer { head in handshake(for: head) + [0x81, 0x02, 0x68, 0x69] }
    defer { peer.stop() }
    let exchange = CurlExchange()
    let socket = try await CurlSocketConnector(over: exchange).connect(
      HTTPRequest(method: "GET", origin: peer.origin, target: "/"))
    let early = try await socket.receive()
    #expect(early == "hi")
    let error = await #expect(throws: TransportError.self) { try await socket.receive() }
    #expect(
      error
        == TransportError(
          .interrupted,
          "The WebSocket to \(peer.origin) broke: the connection ended without a close."))
  }

  @Test("a close that the server never answers ends all the same")
  func silentServer() async throws {
    let peer = RawPeer(staysOpen: true) { handshake(for: $0) }
    defer { peer.stop() }
    let exchange = CurlExchange()
    let socket = try await CurlSocketConnector(over: exchange).connect(
      HTTPRequest(method: "GET", origin: peer.origin, target: "/"))
    await socket.close()
    let end = try await socket.receive()
    #expect(end == nil)
  }

  @Test(
    "a server that does not open a WebSocket is refused in words",
    arguments: [
      ("HTTP/1.1 404 Not Found\r\n\r\n", "the server answered with status 404", 404),
      ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "the server answered with status 200", 200),
      ("HTTP/1.1 101 X\r\n\r\n", "its answer names no WebSocket", nil),
      (
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: wrong\r\n\r\n",
        "its answer does not fit the key that was sent", nil
      ),
      ("garbage\r\n\r\n", "its answer is not HTTP", nil), ("", "the connection ended", nil),
    ] as [(String, String, Int?)])
  func refused(answer: String, reason: String, status: Int?) async {
    let peer = RawPeer { _ in Array(answer.utf8) }
    defer { peer.stop() }
    let error = await #expect(throws: TransportError.self) {
      try await CurlSocketConnector(over: CurlExchange()).connect(
        HTTPRequest(method: "GET", origin: peer.origin, target: "/s?token=x"))
    }
    #expect(
      error
        == TransportError(
          .interrupted, "GET \(peer.origin)/s opened no WebSocket: \(reason).", status: status))
  }

  @Test("a server that says nothing is given up")
  func slow() async {
    let peer = RawPeer(staysOpen: true) { _ in [] }
    defer { peer.stop() }
    let error = await #expect(throws: TransportError.self) {
      try await CurlSocketConnector(over: CurlExchange()).connect(
        HTTPRequest(method: "GET", origin: peer.origin, target: "/", timeout: .milliseconds(150)))
    }
    #expect(error?.code == .timedOut)
  }

  @Test("where nothing listens, connecting says so")
  func nobody() async {
    let error = await #expect(throws: TransportError.self) {
      try await CurlSocketConnector(over: CurlExchange()).connect(
        HTTPRequest(method: "GET", origin: "http://127.0.0.1:1", target: "/"))
    }
    #expect(error?.code == .cannotConnect)
  }

  @Test("a request that asks for no WebSocket gets 426")
  func noUpgrade() async throws {
    try await Loopback.serving(Answering.echoSocket) { world in
      let answer = try await world.send("GET", "/echo")
      #expect(answer.status == 426)
      #expect(answer.headers["Upgrade"] == "websocket")
      let head = "GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
      let bad = talk(
        to: world.server.port,
        head + "Connection: close, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: short\r\n\r\n")
      #expect(bad.hasPrefix("HTTP/1.1 400 "))
      let old = talk(
        to: world.server.port,
        head + "Connection: close, Upgrade\r\nSec-WebSocket-Version: 8\r\n\r\n")
      #expect(old.hasPrefix("HTTP/1.1 426 "))
    }
  }

  @Test("a message that is too long ends the socket with the reason")
  func tooLong() async throws {
    try await Loopback.serving(Answering.echoSocket) { world in
      let socket = try await world.connect("/echo")
      try await socket.send(String(repeating: "x", count: (1 << 20) + 1))
      let error = await #expect(throws: TransportError.self) { try await socket.receive() }
      #expect(error?.code == .interrupted)
      #expect(error?.message.hasSuffix("broke: the peer closed it with status 1009.") == true)
    }
  }

  @Test("a receiver that is slow holds the sender back, and loses nothing")
  func backPressure() async throws {
    let sent = Signal(0)
    let text = String(repeating: "x", count: 1 << 20)
    let handler = Answering { _ in
      .now(
        .webSocket { socket in
          for _ in 0..<40 {
            try? await socket.send(text)
            sent.change { $0 += 1 }
          }
        })
    }
    try await Loopback.serving(handler) { world in
      let socket = try await world.connect()
      let first = try await socket.receive()
      #expect(first == text)
      // Four wait at the client, some in the kernel's buffers; the rest must not have been taken.
      #expect(sent.wait(upTo: .milliseconds(300)) { $0 > 30 ? $0 : nil } == nil)
      for _ in 1..<40 {
        let next = try await socket.receive()
        #expect(next == text)
      }
      let end = try await socket.receive()
      #expect(end == nil)
    }
  }
}

/// A right answer to a WebSocket's request.
private func handshake(for head: String) -> [UInt8] {
  let line = head.split(separator: "\r\n").first { $0.hasPrefix("Sec-WebSocket-Key: ") }
  let accept = WebSocketHandshake.accept(forKey: String(line?.dropFirst(19) ?? ""))
  return Array(
    ("HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      + "Sec-WebSocket-Accept: \(accept)\r\n\r\n").utf8)
}
