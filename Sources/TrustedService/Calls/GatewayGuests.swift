import ACSTypes
import ACSWire
import Services
import Synchronization

/// Finds out who connects to the gateway.
///
/// This service does not hold the key that signs user access tokens, so it proves a token by using it: one small request
/// to Chat. 200 means genuine, 403 genuine without the scope for chat; the finding is remembered for a while.
struct GatewayGuests: Sendable {
  /// Somebody with a genuine token.
  struct Guest: Hashable, Sendable {
    /// Whose token it is.
    var identity: CommunicationIdentifier
    /// What it may be used for.
    var scopes: [TokenScope]
  }

  /// How long a finding is trusted; a token revoked meanwhile is noticed after it at the latest.
  private static let memory = Duration.seconds(300)
  private static let limit = 1000

  private final class Findings: Sendable {
    let until = Mutex<[Secret: Timestamp]>([:])
  }

  private let endpoint: String
  private let exchange: any HTTPExchange
  private let clock: any WallClock
  private let findings = Findings()

  init(endpoint: String, exchange: any HTTPExchange, clock: any WallClock) {
    self.endpoint = endpoint
    self.exchange = exchange
    self.clock = clock
  }

  /// The guest whose token `request` carries.
  ///
  /// - Throws: ``RequestProblem`` with status 401 for a token that is missing or not genuine, `ServiceError` when that
  ///   cannot be found out now.
  func guest(_ request: HTTPRequest) async throws -> Guest {
    let token = try bearer(request)
    let now = clock.now
    guard let claims = try? TokenClaims(jwt: token), let identity = claims.identity,
      claims.expiresOn > now
    else { throw refusal("The token has expired, or is no user access token.") }
    if (findings.until.withLock { $0[token] } ?? .epoch) <= now {
      try await prove(token)
      let end = min(now + GatewayGuests.memory, claims.expiresOn)
      findings.until.withLock { until in
        if until.count >= GatewayGuests.limit { until = until.filter { $0.value > now } }
        if until.count < GatewayGuests.limit { until[token] = end }
      }
    }
    guard claims.scopes.contains(.voip) || claims.scopes.contains(.voipJoin) else {
      throw RequestProblem(
        status: 403, code: "Forbidden",
        message: "Calls want a token with the scope voip or voip.join.")
    }
    return Guest(identity: identity, scopes: claims.scopes)
  }

  private func bearer(_ request: HTTPRequest) throws -> Secret {
    guard let value = request.headers["Authorization"], value.lowercased().hasPrefix("bearer ")
    else { throw refusal("The gateway wants a user access token: Authorization: Bearer …") }
    return Secret(String(value.dropFirst(7)))
  }

  private func prove(_ token: Secret) async throws {
    let request = HTTPRequest(
      method: "GET", origin: endpoint,
      target: "/chat/threads?maxPageSize=1&api-version=2024-03-07",
      headers: ["Authorization": "Bearer \(token.reveal())"], timeout: .seconds(10))
    let response: HTTPResponse
    do {
      response = try await exchange.exchange(request)
    } catch {
      throw ServiceError(.unreachable, "Its answer is needed to prove a user access token.")
    }
    switch response.status {
    case 200, 403: return
    case 401: throw refusal("The service does not take this token.")
    default: throw ServiceError(response, during: "proving a user access token")
    }
  }

  private func refusal(_ message: String) -> RequestProblem {
    RequestProblem(status: 401, code: "Unauthorized", message: message)
  }
}
