import ACSTypes
import ACSWire
import ServiceAuth
public import Services
import Synchronization

/// Fetches an authority's keys when they are needed, and keeps them.
final class KeySetSource: Sendable {
  /// How long keys are kept without a look, when the authority does not say.
  static let usualLife = Duration.seconds(3600)
  /// The shortest and the longest time for which its word is taken.
  static let lives = Duration.seconds(300)...Duration.seconds(86_400)

  private let issuer: String
  private let keySetURL: String?
  private let exchange: any HTTPExchange
  private let clock: any WallClock
  private let machine = Mutex(KeySetMachine())
  private let flights = SingleFlight<Bool, Bool>()

  init(_ rules: OIDCRules, exchange: any HTTPExchange, clock: any WallClock) {
    issuer = rules.issuer
    keySetURL = rules.keySetURL
    self.exchange = exchange
    self.clock = clock
  }

  /// True when the keys that `rules` mean are those of this source.
  func serves(_ rules: OIDCRules) -> Bool {
    rules.issuer == issuer && rules.keySetURL == keySetURL
  }

  /// What is known of the keys; asks for them when nothing is.
  func condition() async -> KeySetMachine.Condition {
    guard machine.withLock({ $0.condition }) != .usable else { return .usable }
    _ = try? await key(nil)
    return machine.withLock { $0.condition }
  }

  /// The key that a token names.
  ///
  /// - Throws: ``RequestProblem``: 401 when the authority has no such key, 503 when that cannot be found out.
  func key(_ id: String?) async throws -> RSAPublicKey {
    let now = clock.now
    var instruction = machine.withLock { $0.wanted(id, now: now) }
    if case .fetch = instruction {
      _ = try await flights.run(true) {
        await self.fetch()
        return true
      }
      let now = clock.now
      instruction = machine.withLock { $0.answer(id, now: now) }
    }
    switch instruction {
    case .use(let key): return key
    case .refuse(let problem): throw problem
    case .fetch: preconditionFailure("a fetch was answered with another")
    }
  }

  private func fetch() async {
    do {
      let (set, life) = try await fetched()
      let now = clock.now
      machine.withLock { $0.arrived(set, freshFor: life, now: now) }
    } catch {
      let now = clock.now
      let words = (error as? Failure)?.words ?? "The request was given up."
      machine.withLock { $0.failed(words, now: now) }
    }
  }

  private struct Failure: Error {
    var words: String
  }

  private func fetched() async throws -> (JSONWebKeySet, Duration) {
    let url: String
    if let keySetURL { url = keySetURL } else { url = try await discovered() }
    let (json, response) = try await get(url)
    do {
      return (try JSONWebKeySet(json), KeySetSource.life(response))
    } catch {
      throw Failure(words: "\(url) is of no use: \(error.message)")
    }
  }

  /// Where the issuer says that its keys are (OpenID Connect Discovery 1.0, 4).
  private func discovered() async throws -> String {
    let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
    let url = "\(base)/.well-known/openid-configuration"
    let (json, _) = try await get(url)
    guard json["issuer"]?.string == issuer else {
      throw Failure(words: "\(url) speaks for another issuer than \(issuer).")
    }
    guard let place = json["jwks_uri"]?.string else {
      throw Failure(words: "\(url) does not tell where the keys are (jwks_uri).")
    }
    return place
  }

  private func get(_ url: String) async throws -> (JSONValue, HTTPResponse) {
    guard let address = HTTPAddress(url),
      address.origin.hasPrefix("https://") || HostRule.isLoopback(HostRule.name(ofOrigin: url))
    else { throw Failure(words: "\(url) is no https:// address.") }
    let request = HTTPRequest(
      method: "GET", origin: address.origin, target: address.target,
      headers: ["Accept": "application/json"], timeout: .seconds(5))
    let response: HTTPResponse
    do {
      response = try await exchange.exchange(request)
    } catch {
      let words = (error as? TransportError)?.message ?? "It brought no answer."
      throw Failure(words: "\(address.withoutQuery): \(words)")
    }
    guard response.status == 200, response.body.count <= 1 << 20,
      let json = try? JSONValue.parse(response.body)
    else {
      throw Failure(
        words: "\(address.withoutQuery) answered with status \(response.status) and no such JSON.")
    }
    return (json, response)
  }

  private static func life(_ response: HTTPResponse) -> Duration {
    for word in response.headers["Cache-Control"]?.split(separator: ",") ?? [] {
      let parts = word.split(separator: "=")
      let name = parts.first?.filter { $0 != " " }.lowercased()
      if name == "max-age", parts.count == 2, let seconds = Int(parts[1].filter { $0 != " " }) {
        return min(max(.seconds(seconds), lives.lowerBound), lives.upperBound)
      }
    }
    return usualLife
  }
}

extension OIDCRules {
  /// Fetches the authority's keys once.
  ///
  /// - Returns: Why they cannot be had or used; `nil` when they can.
  public func keySetTrouble(exchange: any HTTPExchange, clock: any WallClock) async -> String? {
    switch await KeySetSource(self, exchange: exchange, clock: clock).condition() {
    case .usable: nil
    case .missing(let words): words
    case .unknown: "The keys were not asked for."
    }
  }
}
