import ACSTypes
import Executor
import HTTPServing
import HTTPTransport
import Services
import TestKit
import Testing

@Suite("The server's limits and manners", .timeLimit(.minutes(2)))
struct ServingTests {
  @Test("with more threads than one, a request that takes long holds up no new connection")
  func threads() async throws {
    let arrived = Signal(0)
    let meeting = Answering { _ in
      arrived.change { $0 += 1 }
      let met = arrived.wait(upTo: .seconds(30)) { $0 == 2 ? true : nil }
      return .response(HTTPResponse(status: met == true ? 200 : 504))
    }
    try await Loopback.serving(meeting, configure: { $0.threads = 2 }) { world in
      async let one = world.send()
      // A thread that is not busy takes the second connection. The wait blocks, so it has a thread of its own.
      let isFirstThere = await Task(executorPreference: Loopback.executor) {
        arrived.wait(upTo: .seconds(30)) { $0 == 1 ? true : nil }
      }.value
      #expect(isFirstThere == true)
      async let other = world.send()
      let statuses = try await [one.status, other.status]
      #expect(statuses == [200, 200])
    }
  }

  @Test("a body over the limit gets 413, one at the limit passes", arguments: [0, 1, 500])
  func bodyLimit(excess: Int) async throws {
    try await Loopback.serving(Answering.echo, configure: { $0.maximumBody = 1000 }) { world in
      let body = [UInt8](repeating: 120, count: 1000 + excess)
      let answer = try await world.send("POST", "/", body: body)
      #expect(answer.status == (excess == 0 ? 200 : 413))
      guard excess > 0 else { return }
      #expect(
        answer.text
          == #"{"error":{"code":"RequestBodyTooLarge","message":"The request body is larger than "#
          + #"the 1000 bytes that are allowed."}}"#)
      // The connection, or a new one, goes on serving.
      let next = try await world.send("POST", "/", body: [1])
      #expect(next.status == 200)
    }
  }

  @Test("a body far over the limit is not read, and still answered or dropped")
  func farOverLimit() async throws {
    try await Loopback.serving(Answering.echo, configure: { $0.maximumBody = 1000 }) { world in
      let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n"
      let answer = talk(to: world.server.port, head)
      #expect(answer.hasPrefix("HTTP/1.1 413 "))
    }
  }

  @Test("a server may give its own words for what it refuses by itself")
  func ownEnvelope() async throws {
    let configure = { (configuration: inout HTTPServer.Configuration) in
      configuration.maximumBody = 10
      configuration.refuse = { refusal, request in
        let text = "\(refusal.status) \(refusal.code) \(request.method) \(request.target)"
        return HTTPResponse(status: refusal.status, body: Array(text.utf8))
      }
    }
    let handler = Answering { _ in .now(.webSocket { _ in }) }
    try await Loopback.serving(handler, configure: configure) { world in
      let answer = try await world.send("POST", "/", body: [UInt8](repeating: 1, count: 11))
      #expect(answer.text == "413 RequestBodyTooLarge POST /")
      let upgrade = try await world.send("GET", "/socket")
      #expect(upgrade.text == "426 UpgradeRequired GET /socket")
      #expect(upgrade.headers["Upgrade"] == "websocket")
      let head = "POST /two HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"
      #expect(talk(to: world.server.port, head).hasSuffix("400 BadRequest POST /two"))
      let bytes =
        Array("GET /".utf8) + [0xFF]
        + Array(" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8)
      #expect(talk(to: world.server.port, bytes).hasSuffix("400 BadRequest GET /\u{FFFD}"))
    }
  }

  @Test("a body without a length is counted too")
  func chunked() async throws {
    try await Loopback.serving(Answering.echo, configure: { $0.maximumBody = 1000 }) { world in
      let head =
        "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
      let piece = String(repeating: "x", count: 600)
      let small = talk(to: world.server.port, head + "258\r\n\(piece)\r\n0\r\n\r\n")
      #expect(small.hasPrefix("HTTP/1.1 200 ") && small.hasSuffix(piece))
      let large = talk(
        to: world.server.port, head + "258\r\n\(piece)\r\n258\r\n\(piece)\r\n0\r\n\r\n")
      #expect(large.hasPrefix("HTTP/1.1 413 "))
    }
  }

  @Test(
    "a body whose end can be told in two ways gets 400, and nothing behind it is a request",
    arguments: [
      "Content-Length: 2\r\nContent-Length: 40", "Content-Length: 2\r\ncontent-length: 2",
      "Content-Length: 2\r\nTransfer-Encoding: chunked",
      "Transfer-Encoding: chunked\r\nContent-Length: 2", "Content-Length: 2, 40",
      "Content-Length: +2", "Transfer-Encoding: gzip", "Transfer-Encoding: gzip, chunked",
      "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "Transfer-Encoding: identity",
    ])
  func ambiguousBody(fields: String) async throws {
    let seen = Signal(0)
    let handler = Answering { _ in
      seen.change { $0 += 1 }
      return .response(HTTPResponse(status: 200))
    }
    try await Loopback.serving(handler) { world in
      let answer = talk(
        to: world.server.port,
        "POST / HTTP/1.1\r\nHost: x\r\n\(fields)\r\n\r\n{}GET /second HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
      #expect(!answer.contains("HTTP/1.1 200 ") && !answer.contains("HTTP/1.1 404 "))
      #expect(answer.contains("Connection: close\r\n"))
      #expect(seen.withLock { $0 } == 0)
    }
  }

  @Test("a body that stops coming is dropped")
  func stalledBody() async throws {
    let configure = { (configuration: inout HTTPServer.Configuration) in
      configuration.idleTimeout = .seconds(1)
    }
    try await Loopback.serving(Answering.echo, configure: configure) { world in
      let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nonly this"
      #expect(!talk(to: world.server.port, head).contains("200"))
    }
  }

  @Test("a body that trickles is dropped")
  func trickledBody() async throws {
    let configure = { (configuration: inout HTTPServer.Configuration) in
      configuration.bodyTimeout = .milliseconds(60)
    }
    try await Loopback.serving(Answering.echo, configure: configure) { world in
      let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"
      let answer = talk(to: world.server.port, Array(head.utf8), [1], [2], [3], [4], [5], [6])
      #expect(answer == "")
    }
  }

  @Test("a head that trickles is dropped, the first one and those after a request")
  func trickledHead() async throws {
    let configure = { (configuration: inout HTTPServer.Configuration) in
      configuration.headTimeout = .milliseconds(60)
      configuration.idleTimeout = .seconds(1)
    }
    try await Loopback.serving(Answering.echo, configure: configure) { world in
      let trickle = Array("GET /late HTTP/1.1\r\nHost: x\r\nA: ".utf8)
      let pieces = (trickle + Array(repeating: UInt8(ascii: "a"), count: 400)).map { [$0] }
      let end = [Array("\r\n\r\n".utf8)]
      #expect(converse(with: world.server.port, pieces + end) == "")
      let first = [Array("GET /first HTTP/1.1\r\nHost: x\r\n\r\n".utf8)]
      let answers = converse(with: world.server.port, first + pieces + end)
      #expect(answers.hasPrefix("HTTP/1.1 200 "))
      #expect(answers.split(separator: "HTTP/1.1 200 ").count == 1)
    }
  }

  @Test("between two requests a connection may be silent for longer than a head may take")
  func pauseBetweenRequests() async throws {
    let configure = { (configuration: inout HTTPServer.Configuration) in
      configuration.headTimeout = .milliseconds(20)
      configuration.idleTimeout = .seconds(5)
    }
    try await Loopback.serving(Answering.echo, configure: configure) { world in
      let request = "GET /one HTTP/1.1\r\nHost: x\r\n"
      let pause = Array(repeating: [UInt8](), count: 10)
      let answers = converse(
        with: world.server.port,
        [Array("\(request)\r\n".utf8)] + pause
          + [Array("\(request)Connection: close\r\n\r\n".utf8)])
      #expect(answers.split(separator: "HTTP/1.1 200 ").count == 2)
    }
  }

  @Test("a head that is too long gets 431 or 414")
  func headLimit() async throws {
    try await Loopback.serving(Answering.echo, configure: { $0.headLimit = 8192 }) { world in
      let long = String(repeating: "x", count: 10_000)
      let field = talk(to: world.server.port, "GET / HTTP/1.1\r\nHost: x\r\nX: \(long)\r\n\r\n")
      #expect(field.hasPrefix("HTTP/1.1 431 "))
      let line = talk(to: world.server.port, "GET /\(long) HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(line.hasPrefix("HTTP/1.1 414 "))
    }
  }

  @Test(
    "what is no request is refused",
    arguments: ["GET / HTTP/1.1\r\n\r\n", "GET /\r\n\r\n\r\n", "\u{1}\u{2}\u{3}\r\n\r\n"])
  func garbage(text: String) async throws {
    try await Loopback.serving(Answering.echo) { world in
      let answer = talk(to: world.server.port, text)
      #expect(answer == "" || answer.hasPrefix("HTTP/1.1 400 "))
    }
  }

  @Test("a target that is not UTF-8 gets 400")
  func targetBytes() async throws {
    try await Loopback.serving(Answering.echo) { world in
      let bytes =
        Array("GET /".utf8) + [0xFF]
        + Array(" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8)
      #expect(talk(to: world.server.port, bytes).hasPrefix("HTTP/1.1 400 "))
    }
  }

  @Test("Connection: close is honoured, and HTTP/1.0 understood")
  func close() async throws {
    try await Loopback.serving(Answering.echo) { world in
      let closing = talk(
        to: world.server.port, "GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
      #expect(closing.hasPrefix("HTTP/1.1 200 ") && closing.contains("Connection: close\r\n"))
      #expect(talk(to: world.server.port, "GET /x HTTP/1.0\r\n\r\n").contains(" 200 "))
    }
  }

  @Test("requests sent in one go are answered in their order")
  func pipelined() async throws {
    try await Loopback.serving(Answering.echo) { world in
      let one = "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n"
      let two = "GET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
      let answer = talk(to: world.server.port, one + two)
      let first = answer.firstRange(of: "\n/1\n")
      let second = answer.firstRange(of: "\n/2\n")
      #expect(first != nil && second != nil)
      if let first, let second { #expect(first.lowerBound < second.lowerBound) }
    }
  }

  @Test("a port that is taken, and an address that is none, are said so")
  func cannotListen() async throws {
    try await Loopback.serving(Answering.echo) { world in
      let port = world.server.port
      let taken = #expect(throws: HTTPServingError.self) { try start("127.0.0.1", port) }
      #expect(taken?.code == .portInUse)
      #expect(
        taken?.message
          == "Another program listens on 127.0.0.1 port \(port). Stop it, or choose another port "
          + "(0: any).")
      #expect(throws: HTTPServingError.self) { try start("name.example", 0) }
      let foreign = #expect(throws: HTTPServingError.self) { try start("192.0.2.1", 0) }
      #expect(foreign?.message == "192.0.2.1 is not an address of this machine.")
    }
  }

  private func start(_ address: String, _ port: UInt16) throws {
    let server = HTTPServer(
      configuration: .init(
        address: address, port: port, executor: Loopback.executor, handler: Answering.echo))
    try server.start()
    server.stop()
  }
}

@Suite("Stopping the server", .timeLimit(.minutes(2)))
struct StopTests {
  @Test("a request under way is answered, then nobody listens, and the port is free at once")
  func graceful() async throws {
    let gate = Gate()
    let handler = Answering { _ in
      .later {
        await gate.pass()
        return .response(HTTPResponse(status: 200, body: Array("done".utf8)))
      }
    }
    try await Loopback.serving(handler) { world in
      let port = world.server.port
      async let answer = world.send()
      await gate.reached()
      let stopping = PosixThread(name: "stopper") { world.server.stop() }
      gate.open()
      let whole = try await answer
      #expect(whole.text == "done")
      stopping.join()
      let error = await #expect(throws: TransportError.self) {
        try await world.exchange.exchange(
          HTTPRequest(method: "GET", origin: "http://127.0.0.1:\(port)", target: "/"))
      }
      #expect(error?.code == .cannotConnect)
      let next = HTTPServer(
        configuration: .init(port: port, executor: Loopback.executor, handler: Answering.echo))
      try next.start()
      #expect(next.port == port)
      next.stop()
    }
  }

  @Test("a task that does not end is cancelled, and its request gets 503")
  func stuck() async throws {
    let stuck = Gate()
    let handler = Answering { _ in
      .later {
        await stuck.pass()
        return .response(HTTPResponse(status: 200))
      }
    }
    try await Loopback.serving(handler) { world in
      async let answer = world.send()
      await stuck.reached()
      let start = ContinuousClock.now
      world.server.stop(grace: .milliseconds(50))
      #expect(ContinuousClock.now - start < .seconds(4))
      let refused = try await answer
      #expect(refused.status == 503)
      #expect(refused.headers["Connection"] == "close")
      stuck.open()
    }
  }

  @Test("idle connections hold nothing up")
  func idle() async throws {
    try await Loopback.serving(Answering.echo) { world in
      for _ in 0..<3 { _ = try await world.send() }
      let start = ContinuousClock.now
      world.server.stop()
      #expect(ContinuousClock.now - start < .seconds(1))
    }
  }

  @Test("WebSockets are closed in good order")
  func sockets() async throws {
    try await Loopback.serving(Answering.echoSocket) { world in
      let socket = try await world.connect("/echo")
      try await socket.send("before")
      let echo = try await socket.receive()
      #expect(echo == "before")
      world.server.stop()
      let end = try await socket.receive()
      #expect(end == nil)
    }
  }

  @Test(
    "stopping in the middle of much work ends every request and every socket", arguments: 0..<10)
  func underLoad(round: Int) async throws {
    let handler = Answering { request in
      switch request.path {
      case "/socket":
        .now(
          .webSocket { socket in
            while let text = try? await socket.receive() { try? await socket.send(text) }
          })
      case "/later": .later { .response(HTTPResponse(status: 200)) }
      default: .response(HTTPResponse(status: 200))
      }
    }
    try await Loopback.serving(handler) { world in
      let answered = Signal(0)
      await withTaskGroup(of: Void.self) { group in
        for path in ["/now", "/later", "/later"] {
          group.addTask {
            while let answer = try? await world.send("GET", path), answer.status == 200 {
              answered.change { $0 += 1 }
            }
          }
        }
        for _ in 0..<3 {
          group.addTask {
            while let socket = try? await world.connect("/socket") {
              for _ in 0..<3 {
                guard (try? await socket.send("x")) != nil,
                  let echo = try? await socket.receive(), echo == "x"
                else { break }
                answered.change { $0 += 1 }
              }
              await socket.close()
            }
          }
        }
        group.addTask {
          await withCheckedContinuation { continuation in
            PosixThread(name: "stopper") {
              answered.wait { $0 > 50 + round * 7 ? () : nil }
              world.server.stop(grace: .milliseconds(50))
              continuation.resume()
            }.detach()
          }
        }
      }
      #expect(answered.withLock { $0 } > 50)
    }
  }
}
