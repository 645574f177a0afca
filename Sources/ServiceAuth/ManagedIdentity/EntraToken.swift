public import ACSTypes

/// A token of Microsoft Entra for the services of ACS.
public struct EntraToken: Hashable, Sendable {
  /// The token text.
  public var token: Secret
  /// When services stop taking it.
  public var expiresOn: Timestamp
  /// When whoever issued it wants it renewed; `nil` leaves that to the holder.
  public var refreshOn: Timestamp?

  /// A token.
  public init(token: Secret, expiresOn: Timestamp, refreshOn: Timestamp? = nil) {
    self.token = token
    self.expiresOn = expiresOn
    self.refreshOn = refreshOn
  }
}

/// What tokens of Entra are asked for to use ACS with, in the two ways of asking (WIRE 1.3).
public enum EntraAudience {
  /// The resource, for metadata servers and the Azure CLI.
  public static let resource = "https://communication.azure.com/"
  /// The scope, for Entra itself; with two slashes, as the public SDKs have it.
  public static let scope = "https://communication.azure.com//.default"
}
