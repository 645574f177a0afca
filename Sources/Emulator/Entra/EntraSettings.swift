public import ACSTypes

/// What the emulator's Microsoft Entra tenant has: one application, which is also the machine's managed identity.
public struct EntraSettings: Sendable {
  /// The tenant, a GUID.
  public var tenantID = "5c4a1bd3-7a52-4a0b-9d1c-00000c0fab00"
  /// The application, a GUID; also the managed identity's client id.
  public var clientID = "7f2e9c64-3b18-4d5e-8a6f-00000c0fab01"
  /// The application's object in the tenant, a GUID: who it is in tokens.
  public var principalID = "a91d4e07-5c2b-4f38-b7e4-00000c0fab02"
  /// The application's secret.
  public var clientSecret = EntraSettings.developmentSecret
  /// What App Service gives an app in `IDENTITY_HEADER`.
  public var identityHeader = EntraSettings.developmentHeader
  /// The password of everybody who signs in with one.
  public var userPassword = EntraSettings.developmentPassword
  /// True when device codes are approved by themselves.
  public var approvesDeviceCodes = true
  /// True when any unexpired token of any issuer proves the application; else only the emulator's own does.
  public var takesForeignAssertions = true

  /// The secret of every emulator that has none of its own: plain words, and no secret.
  public static let developmentSecret = Secret("Confab~emulator~development~client~secret")
  /// The same of people's passwords.
  public static let developmentPassword = Secret("Confab emulator development password")
  /// The same of `IDENTITY_HEADER`.
  public static let developmentHeader = Secret("confab-emulator-development-identity-header")

  /// The settings of every emulator that has no secrets of its own.
  public init() {}

  /// The managed identity's resource, as Azure writes it.
  public var managedIdentityID: String {
    "/subscriptions/\(tenantID)/resourceGroups/confab/providers/Microsoft.ManagedIdentity/"
      + "userAssignedIdentities/confab"
  }
}
