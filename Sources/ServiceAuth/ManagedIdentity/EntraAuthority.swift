import ACSTypes
public import Services

/// Where an organisation's applications get their tokens: Microsoft Entra, or what stands in for it.
public struct EntraAuthority: Sendable {
  /// The authority of Azure's public cloud.
  public static let publicCloud = "https://login.microsoftonline.com"

  private let address: HTTPAddress
  private let target: String
  private let exchange: PatientExchange
  private let clock: any WallClock

  /// The authority at `host` for one tenant.
  ///
  /// - Parameters:
  ///   - host: `AZURE_AUTHORITY_HOST`: an address, with or without `https://`; a path is kept.
  ///   - tenant: The tenant's id or one of its domains.
  ///   - exchange: Carries the requests.
  ///   - clock: Tells the time.
  ///   - timer: Lets time pass between tries.
  ///   - random: Spreads them.
  /// - Throws: ``ServiceAuthError`` with code `.badEndpoint` for an address that would see secrets in clear text, too.
  public init(
    host: String = publicCloud, tenant: String, exchange: any HTTPExchange, clock: any WallClock,
    timer: any Timer, random: any RandomSource
  ) throws(ServiceAuthError) {
    guard let address = HTTPAddress(host.contains("://") ? host : "https://\(host)"),
      !address.target.contains("?"), Loopback.protectsSecrets(address.origin)
    else {
      throw ServiceAuthError(
        .badEndpoint,
        "The authority \(host.prefix(200).debugDescription) is no https:// address. Correct "
          + "AZURE_AUTHORITY_HOST.")
    }
    let isTenant = tenant.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || byte == 45 || byte == 46
    }
    guard isTenant, !tenant.isEmpty else {
      throw ServiceAuthError(
        .badEndpoint,
        "The tenant \(tenant.prefix(100).debugDescription) is neither an id nor a domain. Correct "
          + "AZURE_TENANT_ID.")
    }
    self.address = address
    var path = address.target[...]
    while path.last == "/" { path.removeLast() }
    target = "\(path)/\(tenant)/oauth2/v2.0/token"
    self.exchange = PatientExchange(exchange: exchange, timer: timer, random: random)
    self.clock = clock
  }

  /// A token by the grant of client credentials.
  ///
  /// - Parameters:
  ///   - clientID: The application's id.
  ///   - proof: Fields that prove that the application asks; never told.
  ///   - name: What the proof is called, `the client secret`.
  /// - Returns: A token for ``EntraAudience``.
  /// - Throws: ``ServiceAuthError`` with Entra's words.
  func token(
    clientID: String, proof: KeyValuePairs<String, Secret>, name: String
  ) async throws(ServiceAuthError) -> EntraToken {
    let fields =
      [
        ("client_id", clientID), ("grant_type", "client_credentials"),
        ("scope", EntraAudience.scope),
      ] + proof.map { ($0.key, $0.value.reveal()) }
    let form = fields.map { "\($0.0)=\($0.1.percentEncoded)" }.joined(separator: "&")
    let request = HTTPRequest(
      method: "POST", origin: address.origin, target: target,
      headers: [
        "Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json",
      ], body: Array(form.utf8), timeout: .seconds(10))
    let response = try await exchange.answer(to: request, passing: PatientExchange.isPassing)
    guard response.status == 200 else {
      let words = EntraRefusal(response, hiding: proof.map(\.value)).words
      let isPassing = PatientExchange.isPassing(response.status)
      throw ServiceAuthError(
        isPassing ? .unavailable : .refused,
        isPassing
          ? "Entra at \(address.origin) fails: \(words)"
          : "Entra at \(address.origin) refused \(name): \(words)")
    }
    guard let token = EntraToken(answer: response.body, now: clock.now) else {
      throw ServiceAuthError(
        .unavailable, "Entra at \(address.origin) gave an answer that is no token.")
    }
    return token
  }
}
