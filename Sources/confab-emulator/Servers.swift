import ACSTypes
import Emulator
import Executor
import Glibc
import HTTPServing
import HTTPTransport
import ServiceAuth
import Services

/// The listening sockets: the service over HTTP and HTTPS, the metadata service and the administration.
struct Servers {
  let http: HTTPServer
  let https: HTTPServer
  let metadata: HTTPServer
  let admin: HTTPServer
  private let deliveries: Deliveries
  private let commits: Commits
  private let emulator: Emulator
  private let executor: PosixExecutor

  init(_ settings: Settings, _ resource: Resource) throws {
    let executor = PosixExecutor(threads: 1, name: "deliveries")
    let deliveries = Deliveries(
      emulator: resource.emulator, exchange: CurlExchange(), executor: executor)
    let emulator = resource.emulator
    self.emulator = emulator
    commits = Commits(emulator: emulator)
    let log = try RequestLog(settings, emulator: emulator)
    let service = ServiceHandler(emulator: emulator, deliveries: deliveries, log: log)
    func server(
      _ port: UInt16, _ handler: any HTTPHandler, on address: String, tls: TLSIdentity? = nil,
      threads: Int = 1,
      refuse: @escaping @Sendable (HTTPRefusal, HTTPRequest) -> HTTPResponse
    ) throws -> HTTPServer {
      var configuration = HTTPServer.Configuration(
        address: address, port: port, tls: tls, executor: executor, handler: handler)
      // Large enough for the emulator itself to say in its own words that a message is too large.
      configuration.maximumBody = 8 << 20
      configuration.threads = threads
      // libmicrohttpd touches half of it for each connection, which an open socket then keeps.
      configuration.headLimit = 20 << 10
      // Clients of real-time events keep their sockets open.
      configuration.maximumConnections = 4096
      configuration.refuse = refuse
      let server = HTTPServer(configuration: configuration)
      try server.start()
      return server
    }
    let certificate = resource.authority.server
    // Tokens are signed on them.
    let cores = max(1, min(16, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let refuse = { @Sendable in service.refuse($0, $1) }
    http = try server(
      settings.port, service, on: settings.address, threads: cores, refuse: refuse)
    https = try server(
      settings.httpsPort, service, on: settings.address,
      tls: TLSIdentity(
        certificateChainPEM: certificate.certificatePEM, privateKeyPEM: certificate.privateKeyPEM),
      threads: cores, refuse: refuse)
    let identities = MetadataHandler(emulator: emulator, log: log)
    metadata = try server(
      settings.metadataPort, identities, on: "127.0.0.1", refuse: { identities.refuse($0, $1) })
    admin = try server(
      settings.adminPort, AdminHandler(emulator: emulator, deliveries: deliveries), on: "127.0.0.1",
      refuse: { refusal, _ in
        Emulator.refusal(refusal.status, refusal.code, refusal.message)
      })
    emulator.isReached(at: https.origin, inClear: http.origin)
    emulator.whenDeadlineMoves { deliveries.look() }
    self.deliveries = deliveries
    self.executor = executor
    deliveries.start()
  }

  /// Answers what is under way and closes all sockets.
  func stop() {
    for server in [http, https, metadata, admin] { server.stop(grace: .seconds(2)) }
    deliveries.stop()
    commits.stop()
    emulator.settle()
  }
}
