import ACSTypes
public import Services

/// The managed identity of a virtual machine or a container group, from the instance metadata service (IMDS).
public struct MetadataService: EntraTokenSource {
  /// Where the service is on every such machine.
  public static let standardOrigin = "http://169.254.169.254"
  /// How long it may take to show that it is there; on other machines nothing answers.
  static let probeLimit = Duration.seconds(1)

  /// What people call it.
  public let name = "IMDS"
  private let address: HTTPAddress
  private let target: String
  private let exchange: PatientExchange
  private let clock: any WallClock

  /// The metadata service at `host`, an address with or without a slash at its end.
  ///
  /// - Throws: ``ServiceAuthError`` with code `.badEndpoint`.
  public init(
    host: String = standardOrigin, identity: ManagedIdentityID = .systemAssigned,
    exchange: any HTTPExchange, clock: any WallClock, timer: any Timer, random: any RandomSource
  ) throws(ServiceAuthError) {
    guard let address = HTTPAddress(host), !address.target.contains("?") else {
      throw ServiceAuthError(
        .badEndpoint,
        "The metadata service's address \(host.prefix(200).debugDescription) is no address of the "
          + "form http://<host>. Correct AZURE_POD_IDENTITY_AUTHORITY_HOST.")
    }
    self.address = address
    var path = address.target[...]
    while path.last == "/" { path.removeLast() }
    target =
      "\(path)/metadata/identity/oauth2/token?api-version=2018-02-01"
      + "&resource=\(EntraAudience.resource.percentEncoded)"
      + identity.query(resourceName: "msi_res_id")
    self.exchange = PatientExchange(exchange: exchange, timer: timer, random: random)
    self.clock = clock
  }

  /// Asks whether the service is there, which a second answers, and then for a token.
  public func token() async throws(ServiceAuthError) -> EntraToken {
    try await probe()
    let request = HTTPRequest(
      method: "GET", origin: address.origin, target: target, headers: ["Metadata": "true"])
    let response = try await exchange.answer(to: request) { status in
      // 404 and 410 while the service starts or is updated.
      status == 404 || status == 410 || PatientExchange.isPassing(status)
    }
    guard response.status == 200 else { throw failure(response) }
    guard let token = EntraToken(answer: response.body, now: clock.now) else {
      throw ServiceAuthError(
        .unavailable, "IMDS at \(address.origin) gave an answer that is no token.")
    }
    return token
  }

  /// Without the header `Metadata` the service refuses at once, and shows thereby that it is there.
  private func probe() async throws(ServiceAuthError) {
    let request = HTTPRequest(
      method: "GET", origin: address.origin, target: target, timeout: MetadataService.probeLimit)
    do {
      _ = try await exchange.answer(to: request) { _ in false }
    } catch {
      guard error.code != .cancelled else { throw error }
      throw ServiceAuthError(
        .noIdentity,
        "There is no metadata server: nothing answers at \(address.origin) within "
          + "\(MetadataService.probeLimit.components.seconds) s.")
    }
  }

  private func failure(_ response: HTTPResponse) -> ServiceAuthError {
    let words = EntraRefusal(response).words
    switch response.status {
    case 400:
      return ServiceAuthError(
        .noIdentity,
        "IMDS has no such identity for this machine: \(words) Assign one to it, or check the id.")
    case 403 where response.text.contains("unreachable"):
      // What container engines answer for an address that they do not route.
      return ServiceAuthError(.noIdentity, "There is no metadata server: \(words)")
    case 404, 410:
      // Other clouds have servers of their own at this address.
      return ServiceAuthError(
        .noIdentity, "What answers at \(address.origin) is no metadata server of Azure: \(words)")
    case let status where PatientExchange.isPassing(status):
      return ServiceAuthError(.unavailable, "IMDS at \(address.origin) fails: \(words)")
    default:
      return ServiceAuthError(.refused, "IMDS at \(address.origin) refused a token: \(words)")
    }
  }
}
