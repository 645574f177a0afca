import ACSTypes
import Services
import TestKit

@testable import ServiceAuth

/// A scripted network, a clock and a timer, with the sources over them.
struct Cloud {
  static let resource = "resource=https%3A%2F%2Fcommunication.azure.com%2F"
  static let metadata =
    "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&\(resource)"
  static let authority = "https://login.microsoftonline.com/tenant-1/oauth2/v2.0/token"
  static let token = #"{"access_token":"token-1","expires_in":"86399","token_type":"Bearer"}"#

  let exchange: ScriptedExchange
  let clock = ManualClock()
  let timer: ManualTimer
  let random = SeededRandom(seed: 1)

  init(_ lines: [ScriptedExchange.Line] = []) {
    exchange = ScriptedExchange(lines)
    timer = ManualTimer(clock)
  }

  func imds(
    host: String = MetadataService.standardOrigin, as id: ManagedIdentityID = .systemAssigned
  ) throws -> MetadataService {
    try MetadataService(
      host: host, identity: id, exchange: exchange, clock: clock, timer: timer, random: random)
  }

  func appService(
    _ endpoint: String = "http://127.0.0.1:4141/msi/token", header: String = "header-1",
    as id: ManagedIdentityID = .systemAssigned
  ) throws -> AppServiceIdentity {
    try AppServiceIdentity(
      endpoint: endpoint, header: Secret(header), identity: id, exchange: exchange, clock: clock,
      timer: timer, random: random)
  }

  func authority(
    _ host: String = EntraAuthority.publicCloud, tenant: String = "tenant-1"
  ) throws -> EntraAuthority {
    try EntraAuthority(
      host: host, tenant: tenant, exchange: exchange, clock: clock, timer: timer, random: random)
  }

  func clientSecret(_ secret: String = "secret+1&") throws -> ClientSecretIdentity {
    ClientSecretIdentity(authority: try authority(), clientID: "client 1") { Secret(secret) }
  }

  /// True when everything scripted came and nothing else did.
  var isSettled: Bool { exchange.anomalies.isEmpty && exchange.unmet.isEmpty }
}

/// The error that fetching throws; `nil` when it throws none.
func failure(of source: any EntraTokenSource) async -> ServiceAuthError? {
  do throws(ServiceAuthError) {
    _ = try await source.token()
    return nil
  } catch {
    return error
  }
}
