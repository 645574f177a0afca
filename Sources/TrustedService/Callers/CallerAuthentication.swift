import ACSTypes
import ServiceAuth
import Services
import Synchronization

/// Finds out who asks.
final class CallerAuthentication: Sendable {
  private let exchange: any HTTPExchange
  private let clock: any WallClock
  private let source = Mutex<KeySetSource?>(nil)

  init(exchange: any HTTPExchange, clock: any WallClock) {
    self.exchange = exchange
    self.clock = clock
  }

  /// The caller who sends `request`.
  ///
  /// - Throws: ``RequestProblem`` with status 401 when nothing, or nothing genuine, proves who it is, 503 when that
  ///   cannot be found out now.
  func caller(of request: HTTPRequest, by rules: CallerRules) async throws -> Caller {
    guard let proof = proof(in: request) else {
      if let allowance = rules.unproved { return .nobody(allowance) }
      throw RequestProblem.unauthenticated(
        "Say who asks: Authorization: Bearer … with \(CallerAuthentication.accepted(by: rules)).")
    }
    if let keys = rules.keys, let key = keys.key(matching: proof) { return key.caller }
    if let oidc = rules.oidc, CallerKey.id(in: proof) == nil {
      return try await caller(proof, by: oidc)
    }
    // A proof that nobody asked for is no reason to refuse.
    if let allowance = rules.unproved { return .nobody(allowance) }
    throw RequestProblem.invalidToken(
      "This key or token is not known here; send \(CallerAuthentication.accepted(by: rules)).")
  }

  /// The key that lets events be posted; query and header are both what event senders can set.
  func mayPostEvents(_ request: HTTPRequest, by rules: CallerRules) -> Bool {
    guard rules.isClosed else { return true }
    let named = (try? QueryItems(request.query))?["key"].map { Secret($0) }
    guard let proof = named ?? proof(in: request) else { return false }
    return rules.keys?.key(matching: proof)?.postsEvents == true
  }

  /// Where the authority's keys come from; `nil` when no authority is asked.
  func keySetCondition(by rules: CallerRules) async -> KeySetMachine.Condition? {
    guard let oidc = rules.oidc else { return nil }
    return await keySet(for: oidc).condition()
  }

  private func caller(_ token: Secret, by rules: OIDCRules) async throws -> Caller {
    do {
      let token = try SignedToken(token)
      let key = try await keySet(for: rules).key(token.keyID)
      return try rules.caller(try token.claims(provedBy: key), now: clock.now)
    } catch let refusal as JWT.Refusal {
      throw RequestProblem.invalidToken(
        refusal == .signatureDiffers
          ? "The token's signature is not the authority's." : refusal.words)
    }
  }

  private func keySet(for rules: OIDCRules) -> KeySetSource {
    source.withLock { source in
      if let source, source.serves(rules) { return source }
      let new = KeySetSource(rules, exchange: exchange, clock: clock)
      source = new
      return new
    }
  }

  private func proof(in request: HTTPRequest) -> Secret? {
    if let value = request.headers["Authorization"], value.count > 7,
      value.prefix(7).lowercased() == "bearer "
    {
      return Secret(String(value.dropFirst(7).drop { $0 == " " }))
    }
    return request.headers["X-API-Key"].map { Secret($0) }
  }

  private static func accepted(by rules: CallerRules) -> String {
    let ways = [
      rules.keys.map { _ in "an API key that `confab serve key add` made" },
      rules.oidc.map { "a token that \($0.issuer) issued" },
    ]
    return ways.compactMap { $0 }.joined(separator: ", or ")
  }
}
