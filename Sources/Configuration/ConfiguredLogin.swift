/// How the user proves to the token service who they are.
public enum ConfiguredLogin: Hashable, Sendable {
  /// By a header field whose value is kept elsewhere.
  case secret(header: String, ConfiguredSecret)
  /// By Microsoft Entra's device code flow.
  case deviceCode(DeviceCode)

  /// An application at an authority.
  public struct DeviceCode: Hashable, Sendable {
    /// The authority's address; `nil` for Microsoft Entra's.
    public var authority: String?
    /// The tenant; `nil` for any organisation.
    public var tenant: String?
    /// The application's id.
    public var clientID: String
    /// What the access token is for.
    public var scope: String
  }
}

extension ConfigurationDocument {
  /// The login of the token service; `nil` for none.
  func login() throws(ConfigurationError) -> ConfiguredLogin? {
    let path = "tokenService.login"
    guard value(path) != nil else { return nil }
    try expectKeys(path, ["header", "deviceCode"] + Self.secretKeys)
    let names = try members(path).map(\.name)
    guard names.contains("deviceCode") else {
      return .secret(header: try text("\(path).header") ?? "Authorization", try secret(path))
    }
    guard names.count == 1 else {
      throw error(path, "\(path).deviceCode stands alone: it makes the header Authorization itself")
    }
    return .deviceCode(try deviceCode("\(path).deviceCode"))
  }

  private func deviceCode(_ path: String) throws(ConfigurationError) -> ConfiguredLogin.DeviceCode {
    try expectKeys(path, ["authority", "tenant", "clientId", "scope"])
    func needed(_ name: String, _ words: String) throws(ConfigurationError) -> String {
      guard let text = try text("\(path).\(name)"), !text.isEmpty else {
        throw error(path, "\(path).\(name) is missing: \(words)")
      }
      return text
    }
    return ConfiguredLogin.DeviceCode(
      authority: try address("\(path).authority", isRequired: false),
      tenant: try text("\(path).tenant"),
      clientID: try needed("clientId", "the id of the application that signs in"),
      scope: try needed(
        "scope", "what the token service asks for, such as api://CLIENT-ID/access_as_user"))
  }
}
