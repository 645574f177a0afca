import ACSTypes
import ACSWire
import Emulator
import FoundationEssentials
import ServiceAuth
import Services
import Synchronization
import TestKit

@testable import TrustedService

/// The trusted service and the real emulator, joined in memory: requests go one way, callbacks and events the other.
final class Town: Sendable {
  static let endpoint = "http://127.0.0.1:7750"
  static let publicURL = "http://127.0.0.1:7760"
  static let key = AccessKey(random: SeededRandom(seed: 1))
  private static let tokenKey = try? RSAKey.generate()

  let clock = ManualClock()
  let emulator: Emulator
  let service: TrustedService
  let wire: Wire

  init(
    users: (any UserStore)? = nil, key: AccessKey = Town.key, emulator other: Emulator? = nil,
    rules: ServiceRules = ServiceRules(),
    audit: @escaping @Sendable (AuditEntry) -> Void = { _ in }
  ) throws {
    let random = SeededRandom(seed: 7)
    emulator =
      try other
      ?? Emulator(
        path: nil, accessKeys: [Town.key], tokenKey: Town.tokenKey, random: random)
    wire = Wire(emulator: emulator, clock: clock)
    service = TrustedService(
      addresses: TrustedService.Addresses(endpoint: Town.endpoint, publicURL: Town.publicURL),
      rules: rules, users: try users ?? SQLiteUserStore(path: nil), exchange: wire,
      authoriser: HMACSigner(key: key, clock: clock), clock: clock, random: random,
      audit: audit)
    wire.join(service)
  }

  /// A request to the trusted service.
  func ask(
    _ method: String, _ target: String, body: String = "", headers: HTTPHeaders = [:],
    origin: String = Town.publicURL
  ) async -> HTTPResponse {
    let request = HTTPRequest(
      method: method, origin: origin, target: target, headers: headers, body: Array(body.utf8))
    guard case .response(let response) = await service.respond(to: request) else {
      return HTTPResponse(status: 101)
    }
    return response
  }

  /// A token of somebody, by name.
  func token(_ user: String, scope: String = "chat,voip") async throws -> Grant {
    let response = await ask("GET", "/token?user=\(user)&scope=\(scope)&name=\(user.capitalized)")
    return try Grant(response)
  }

  /// Registers the web hook and proves it, as the emulator's program does.
  func subscribe() async throws {
    let id = try emulator.subscribe(to: "\(Town.publicURL)/events").id
    guard let delivery = emulator.validation(of: id, now: clock.now) else { return }
    let answer = await wire.post(delivery)
    _ = emulator.validated(id, by: answer, now: clock.now)
  }

  /// Time passes for both.
  func wait(_ duration: Duration) async {
    clock.advance(by: duration)
    for delivery in emulator.tick(now: clock.now) { _ = await wire.post(delivery) }
    await service.tick()
  }
}

/// A token service's answer.
struct Grant: Equatable {
  var token: Secret
  var identity: CommunicationIdentifier

  init(_ response: HTTPResponse) throws {
    let json = try JSONValue.parse(response.body)
    token = Secret(json["token"]?.string ?? "")
    identity = CommunicationIdentifier(
      rawID: json["user"]?["communicationUserId"]?.string ?? response.text)
  }
}

/// Carries requests to the emulator and what follows from them to the trusted service, in order.
final class Wire: HTTPExchange {
  private let emulator: Emulator
  private let clock: ManualClock
  /// Not kept alive: the service keeps the wire.
  private struct Service {
    weak var service: TrustedService?
  }

  private let service = Mutex(Service())
  /// What every request gets instead of an answer, while set.
  let trouble = Mutex<HTTPResponse?>(nil)
  let isDown = Mutex(false)

  init(emulator: Emulator, clock: ManualClock) {
    self.emulator = emulator
    self.clock = clock
  }

  func join(_ service: TrustedService) {
    self.service.withLock { $0.service = service }
  }

  func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
    if isDown.withLock({ $0 }) {
      throw TransportError(.cannotConnect, "Nothing answers at \(request.origin).")
    }
    if let trouble = trouble.withLock({ $0 }) { return trouble }
    var request = request
    request.headers["Host"] = String(request.host)
    let reply = emulator.respond(to: request, now: clock.now)
    for delivery in reply.deliveries { _ = await post(delivery) }
    return reply.response
  }

  func post(_ delivery: WebhookDelivery) async -> HTTPResponse {
    guard let service = service.withLock({ $0.service }), delivery.url.hasPrefix(Town.publicURL)
    else {
      return HTTPResponse(status: 404)
    }
    let request = HTTPRequest(
      method: "POST", origin: Town.publicURL,
      target: String(delivery.url.dropFirst(Town.publicURL.count)), headers: delivery.headers,
      body: delivery.body)
    guard case .response(let response) = await service.respond(to: request) else {
      return HTTPResponse(status: 500)
    }
    return response
  }
}
