import ACSTypes

/// Where and as which application somebody signs in by a device code (RFC 8628).
public struct DeviceCodeSettings: Hashable, Sendable {
  /// Microsoft Entra's public cloud.
  public static let standardAuthority = "https://login.microsoftonline.com"
  /// Accounts of any organisation.
  public static let standardTenant = "organizations"

  /// The authority's address, without the tenant.
  public var authority: String
  /// The tenant: its id, its domain, or `organizations`.
  public var tenant: String
  /// The application's id; a public client for which the device code flow is allowed.
  public var clientID: String
  /// What the access token is for, blanks between scopes: `api://…/access_as_user`.
  public var scope: String
  /// The name by which the token service knows the user: each has a login of their own.
  public var userName: String

  /// Settings.
  public init(
    authority: String = standardAuthority, tenant: String = standardTenant, clientID: String,
    scope: String, userName: String = ""
  ) {
    self.authority = authority
    self.tenant = tenant
    self.clientID = clientID
    self.scope = scope
    self.userName = userName
  }

  /// The scopes that are asked for: without `offline_access` there would be no refresh token.
  var wholeScope: String {
    let scopes = scope.split(separator: " ").map(String.init)
    return (scopes.contains("offline_access") ? scopes : scopes + ["offline_access"])
      .joined(separator: " ")
  }

  /// The name under which the refresh token is kept: readable, and another for any other settings.
  var storeName: String {
    let all = [authority, tenant, clientID, scope, userName].joined(separator: "\u{0}")
    // FNV-1a: it only has to keep logins apart.
    let hash = all.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    let readable = clientID.prefix(40).filter {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")
    }
    return "\(readable)-\(String(hash, radix: 16))"
  }
}
