public import ACSTypes
public import Services

/// The managed identity of an App Service, a Function or a Container App, which tell it by their environment.
public struct AppServiceIdentity: EntraTokenSource {
  /// What people call it.
  public let name = "App Service"
  private let address: HTTPAddress
  private let target: String
  private let header: Secret
  private let exchange: PatientExchange
  private let clock: any WallClock

  /// The identity behind `IDENTITY_ENDPOINT`.
  ///
  /// - Parameters:
  ///   - endpoint: The value of `IDENTITY_ENDPOINT`, path included.
  ///   - header: The value of `IDENTITY_HEADER`, which proves that a request comes from within the app.
  ///   - identity: Which of the app's identities.
  ///   - exchange: Carries the requests.
  ///   - clock: Tells the time.
  ///   - timer: Lets time pass between tries.
  ///   - random: Spreads them.
  /// - Throws: ``ServiceAuthError`` with code `.badEndpoint`.
  public init(
    endpoint: String, header: Secret, identity: ManagedIdentityID = .systemAssigned,
    exchange: any HTTPExchange, clock: any WallClock, timer: any Timer, random: any RandomSource
  ) throws(ServiceAuthError) {
    guard let address = HTTPAddress(endpoint) else {
      throw ServiceAuthError(
        .badEndpoint,
        "IDENTITY_ENDPOINT is \(endpoint.prefix(200).debugDescription), which is no http:// address."
      )
    }
    guard header.reveal().utf8.allSatisfy({ $0 > 31 && $0 != 127 }) else {
      throw ServiceAuthError(
        .missingCredential, "IDENTITY_HEADER has characters that no header may have.")
    }
    self.address = address
    self.header = header
    let mark = address.target.contains("?") ? "&" : "?"
    target =
      "\(address.target)\(mark)api-version=2019-08-01"
      + "&resource=\(EntraAudience.resource.percentEncoded)"
      + identity.query(resourceName: "mi_res_id")
    self.exchange = PatientExchange(exchange: exchange, timer: timer, random: random)
    self.clock = clock
  }

  /// Asks once, and again while the endpoint is busy.
  public func token() async throws(ServiceAuthError) -> EntraToken {
    let request = HTTPRequest(
      method: "GET", origin: address.origin, target: target,
      headers: ["X-IDENTITY-HEADER": header.reveal()])
    let response = try await exchange.answer(to: request, passing: PatientExchange.isPassing)
    guard response.status == 200 else {
      let words = EntraRefusal(response, hiding: [header]).words
      guard PatientExchange.isPassing(response.status) else {
        throw ServiceAuthError(
          .refused,
          "The identity endpoint of App Service refused a token: \(words) Assign an identity to the "
            + "app, or check the id.")
      }
      throw ServiceAuthError(.unavailable, "The identity endpoint of App Service fails: \(words)")
    }
    guard let token = EntraToken(answer: response.body, now: clock.now) else {
      throw ServiceAuthError(
        .unavailable, "The identity endpoint of App Service gave an answer that is no token.")
    }
    return token
  }
}
