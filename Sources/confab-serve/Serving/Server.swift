import ACSTypes
import ACSWire
import ArgumentTable
import Executor
import Glibc
import HTTPServing
import HTTPTransport
import ServerProgram
import ServiceAuth
import Services
import TrustedService

/// The listening service with all that it needs.
final class Server: Sendable {
  /// What it tells of itself, as one line of JSON.
  let facts: String
  private let settings: Settings
  private let endpoint: String
  private let http: HTTPServer
  private let hasTLS: Bool
  private let service: TrustedService
  private let credential: CredentialSwitch
  private let ticker: Ticker
  private let housekeeper: Ticker
  private let audit: AuditLog
  private let executor: PosixExecutor
  private let log: ServeLog

  init(_ settings: Settings) throws {
    let live = try settings.sources.read()
    let users = try settings.store.open()
    let credential = try settings.sources.credential(settings.exchange)
    let executor = PosixExecutor(threads: 2, name: "tasks")
    let clock = SystemClock()
    let random = SystemRandom()
    let door = Door()
    let log = ServeLog(level: settings.logging, clock: clock)
    var configuration = HTTPServer.Configuration(
      address: settings.address, port: settings.port, tls: live.tls, executor: executor,
      handler: ServeHandler(door: door, log: log))
    configuration.maximumConnections = Server.connections
    configuration.maximumBody = 1 << 20
    let audit = try AuditLog(path: settings.auditLog, log: log)
    self.audit = audit
    http = HTTPServer(configuration: configuration)
    try http.start()
    self.credential = CredentialSwitch(credential.authoriser)
    service = TrustedService(
      addresses: TrustedService.Addresses(
        endpoint: credential.endpoint, publicURL: settings.publicURL ?? http.origin),
      rules: live.rules, users: users, exchange: settings.exchange,
      authoriser: self.credential, credential: credential.source, clock: clock, random: random,
      audit: { audit.write($0) })
    ticker = Ticker(
      executor: executor, clock: clock, nextDeadline: { [service] in service.nextDeadline },
      tick: { [service] in await service.tick() })
    let housekeeping = service.housekeeping
    housekeeper = Ticker(
      executor: executor, clock: clock, nextDeadline: { housekeeping.nextDeadline },
      tick: {
        do throws(StoreError) {
          try await housekeeping.run()
        } catch {
          log.trouble("housekeeping", error.message)
        }
      })
    door.open(service, ticker)
    self.settings = settings
    self.executor = executor
    self.log = log
    endpoint = credential.endpoint
    hasTLS = live.tls != nil
    facts = Server.facts(http.origin)
    ticker.start()
    housekeeper.start()
  }

  /// Reads credential, rules and certificate again; what cannot be used stays as it was, and the log says why.
  ///
  /// No request is refused or broken meanwhile.
  func reload() {
    audit.reopen()
    attempt("credential") {
      let new = try settings.sources.credential(settings.exchange)
      guard new.endpoint == endpoint else {
        throw CommandError(
          .configuration, "The endpoint is \(new.endpoint) now; start again to serve another one.")
      }
      credential.exchange(for: new.authoriser)
      service.credentialChanged()
    }
    attempt("rules") {
      let live = try settings.sources.read()
      guard (live.tls != nil) == hasTLS else {
        throw CommandError(.configuration, "TLS is begun or given up by a new start only.")
      }
      service.replaceRules(by: live.rules)
      if let tls = live.tls { try http.replaceIdentity(by: tls) }
    }
  }

  /// Leaves the calls, answers what is under way, closes the sockets.
  func stop() {
    ticker.stop()
    housekeeper.stop()
    let service = service
    executor.run { await service.stop() }
    http.stop(grace: .seconds(2))
  }

  private func attempt(_ what: String, _ body: () throws -> Void) {
    do {
      try body()
      log.reloaded(what)
    } catch {
      log.trouble("reload", "The \(what) stay as they were. \(ServeProgram.words(error))")
    }
  }

  /// As many as the system lets it have, with some descriptors left for files and its own connections.
  private static var connections: Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1000 }
    if limit.rlim_cur < limit.rlim_max {
      limit.rlim_cur = min(limit.rlim_max, 65_536)
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
    return max(100, min(10_000, Int(limit.rlim_cur) / 2 - 64))
  }

  private static func facts(_ origin: String) -> String {
    let gateway = origin.replacing("http", with: "ws", maxReplacements: 1)
    let facts: JSONValue = [
      "endpoint": .string(origin), "tokenURL": .string("\(origin)/token"),
      "usersURL": .string("\(origin)/users"), "gatewayURL": .string("\(gateway)/gateway"),
      "eventsURL": .string("\(origin)/events"), "pid": .integer(Int64(getpid())),
    ]
    return facts.text
  }
}
