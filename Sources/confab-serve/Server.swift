import ACSTypes
import ACSWire
import Executor
import Glibc
import HTTPServing
import HTTPTransport
import ServerProgram
import ServiceAuth
import Services
import Synchronization
import TrustedService

/// The listening service with all that it needs.
struct Server {
  /// What it tells of itself, as one line of JSON.
  let facts: String
  private let http: HTTPServer
  private let service: TrustedService
  private let ticker: Ticker
  private let executor: PosixExecutor

  init(_ settings: Settings, usersPath: String?) throws {
    let executor = PosixExecutor(threads: 2, name: "tasks")
    let clock = SystemClock()
    let random = SystemRandom()
    let door = Door()
    http = HTTPServer(
      configuration: HTTPServer.Configuration(
        address: settings.address, port: settings.port, executor: executor,
        handler: Handler(door: door, clock: clock, isVerbose: settings.isVerbose)))
    try http.start()
    let service = TrustedService(
      addresses: TrustedService.Addresses(
        endpoint: settings.credential.endpoint, publicURL: settings.publicURL ?? http.origin),
      users: try UserStore(path: usersPath),
      exchange: settings.exchange, authoriser: settings.credential.authoriser, clock: clock,
      random: random)
    let ticker = Ticker(service: service, executor: executor, clock: clock)
    door.open(service, ticker)
    self.service = service
    self.ticker = ticker
    self.executor = executor
    facts = Server.facts(http.origin)
    ticker.start()
  }

  /// Leaves the calls, answers what is under way, closes the sockets.
  func stop() {
    ticker.stop()
    let service = service
    executor.run { await service.stop() }
    http.stop(grace: .seconds(2))
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

/// Where requests find the service once it knows its own address, which it does only when the socket listens.
final class Door: Sendable {
  private struct Service {
    var service: TrustedService
    var ticker: Ticker
  }

  private let service = Mutex<Service?>(nil)

  func open(_ service: TrustedService, _ ticker: Ticker) {
    self.service.withLock { $0 = Service(service: service, ticker: ticker) }
  }

  func enter() -> (TrustedService, Ticker)? {
    service.withLock { $0.map { ($0.service, $0.ticker) } }
  }
}

/// Takes requests to the service.
struct Handler: HTTPHandler {
  let door: Door
  let clock: SystemClock
  let isVerbose: Bool

  func respond(to request: HTTPRequest) -> HTTPHandling {
    guard let (service, ticker) = door.enter() else {
      return .response(HTTPResponse(status: 503, headers: ["Retry-After": "1"]))
    }
    return .later {
      let reply = await service.respond(to: request)
      ticker.look()
      switch reply {
      case .response(let response):
        self.log(request, response.status)
        return .response(response)
      case .gateway(let body):
        self.log(request, 101)
        return .webSocket { socket in
          await body(socket)
          ticker.look()
        }
      }
    }
  }

  /// One line a request; of the target only the path, for a query may hold names.
  private func log(_ request: HTTPRequest, _ status: Int) {
    guard isVerbose else { return }
    // The last part of a callback's path is not to be guessed, so it is not to be told.
    let path = request.path.hasPrefix("/callbacks/") ? "/callbacks/…" : String(request.path)
    StandardStreams.error(
      "\(clock.now.iso8601WithMilliseconds) \(request.method) \(path) \(status)")
  }
}
