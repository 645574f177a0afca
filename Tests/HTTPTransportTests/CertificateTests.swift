import ACSTypes
import Executor
import Glibc
import HTTPServing
import HTTPTransport
import Services
import Synchronization
import Testing

@Suite("TLS over loopback", .timeLimit(.minutes(2)))
struct CertificateTests {
  private let certificates: Certificates

  init() throws {
    certificates = try Certificates()
  }

  @Test("a certificate of the configured authority is trusted")
  func trusted() async throws {
    try await serving("good", trusting: certificates.authority) { world in
      let answer = try await world.send("POST", "/x", body: Array("body".utf8))
      #expect(answer.status == 200)
      #expect(answer.text.hasPrefix("POST\n\(world.server.origin)\n/x\n"))
      #expect(world.server.origin.hasPrefix("https://127.0.0.1:"))
      #expect(answer.text.hasSuffix("\n\nbody"))
    }
  }

  @Test("an unknown authority is refused, and the message says how to trust it")
  func untrusted() async throws {
    try await serving("good", trusting: nil) { world in
      let error = await #expect(throws: TransportError.self) { try await world.send() }
      #expect(
        error
          == TransportError(
            .certificateRefused,
            "\(world.server.origin) showed a certificate that is not trusted: unable to get local "
              + "issuer certificate. If the server is yours, name its authority's file in the "
              + "configuration as certificateAuthority; `confab emulator` writes its own to ca.pem."
          ))
      let socket = await #expect(throws: TransportError.self) { try await world.connect() }
      #expect(socket?.code == .certificateRefused)
    }
  }

  @Test("a certificate for another name is refused")
  func otherName() async throws {
    try await serving("other", trusting: certificates.authority) { world in
      let error = await #expect(throws: TransportError.self) { try await world.send() }
      #expect(error?.code == .certificateRefused)
      #expect(error?.message.contains("127.0.0.1") == true)
      #expect(
        error?.message.contains("does not match") == true
          || error?.message.contains("no alternative certificate subject name matches") == true)
    }
  }

  @Test("an authority's file that is missing or no certificate is said so")
  func badFile() async throws {
    for (path, reason) in [
      (certificates.folder + "/nothing.pem", "cannot be read. Is the path right?"),
      (certificates.folder + "/ca.key", "holds no certificate in PEM form."),
    ] {
      try await serving("good", trusting: path) { world in
        let error = await #expect(throws: TransportError.self) { try await world.send() }
        #expect(
          error
            == TransportError(
              .certificateRefused, "The file \(path), named by certificateAuthority, \(reason)"))
      }
    }
  }

  @Test("https where http is spoken, and the other way round, fails in words")
  func mixed() async throws {
    try await Loopback.serving(Answering.echo) { world in
      let origin = "https://127.0.0.1:\(world.server.port)"
      let error = await #expect(throws: TransportError.self) {
        try await world.exchange.exchange(HTTPRequest(method: "GET", origin: origin, target: "/"))
      }
      #expect(error?.code == .cannotConnect)
      #expect(error?.message.hasPrefix("\(origin) does not speak TLS as it should: ") == true)
    }
    try await serving("good", trusting: certificates.authority) { world in
      let origin = "http://127.0.0.1:\(world.server.port)"
      let error = await #expect(throws: TransportError.self) {
        try await world.exchange.exchange(HTTPRequest(method: "GET", origin: origin, target: "/"))
      }
      #expect(error?.code == .interrupted)
    }
  }

  @Test("a WebSocket under TLS carries texts of every length", arguments: [1, 126, 65_536])
  func socket(length: Int) async throws {
    let text = String(repeating: "x", count: length)
    try await Loopback.serving(
      Answering.echoSocket, configure: { $0.tls = try? certificates.identity("good") },
      certificateAuthority: certificates.authority
    ) { world in
      let socket = try await world.connect("/echo")
      for _ in 0..<3 {
        try await socket.send(text)
        let answer = try await socket.receive()
        #expect(answer == text)
      }
      await socket.close()
    }
  }

  @Test("a key that does not fit the certificate is refused at the start")
  func wrongKey() throws {
    var identity = try certificates.identity("good")
    identity.privateKeyPEM = try certificates.identity("other").privateKeyPEM
    for pem in [identity.certificateChainPEM, "nonsense"] {
      identity.certificateChainPEM = pem
      let server = HTTPServer(
        configuration: .init(tls: identity, executor: Loopback.executor, handler: Answering.echo))
      let error = #expect(throws: HTTPServingError.self) { try server.start() }
      #expect(error?.code == .identityRefused)
    }
  }

  @Test("a start that is refused closes no descriptor of somebody else")
  func refusedStart() async throws {
    var identity = try certificates.identity("good")
    identity.certificateChainPEM = "nonsense"
    let server = HTTPServer(
      configuration: .init(tls: identity, executor: Loopback.executor, handler: Answering.echo))
    let lost = Atomic(0)
    let isOver = Atomic(false)
    // On threads of their own: the tasks of other tests need those of the pool.
    let others = (0..<2).map { _ in
      PosixThread(name: "somebody else") {
        while !isOver.load(ordering: .relaxed) {
          let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
          sched_yield()
          if descriptor >= 0, close(descriptor) != 0 { lost.add(1, ordering: .relaxed) }
        }
      }
    }
    for _ in 0..<1000 { #expect(throws: HTTPServingError.self) { try server.start() } }
    isOver.store(true, ordering: .relaxed)
    for other in others { other.join() }
    #expect(lost.load(ordering: .relaxed) == 0)
  }

  private func serving(
    _ name: String, trusting authority: String?, _ body: (Loopback) async throws -> Void
  ) async throws {
    let identity = try certificates.identity(name)
    try await Loopback.serving(
      Answering.echo, configure: { $0.tls = identity }, certificateAuthority: authority, body)
  }
}
