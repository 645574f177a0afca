import ACSTypes

/// The requests of the device code flow, and of the renewal that follows it.
struct DeviceCodeRequests: Sendable {
  /// How long one answer may take.
  private static let timeout = Duration.seconds(10)

  private let settings: DeviceCodeSettings
  private let base: HTTPAddress

  /// Checks the settings.
  ///
  /// - Throws: `ServiceError` with code `.badSettings`, naming the setting.
  init(_ settings: DeviceCodeSettings) throws {
    self.settings = settings
    var authority = settings.authority
    while authority.hasSuffix("/") { authority.removeLast() }
    guard !settings.clientID.isEmpty, !settings.tenant.isEmpty, !settings.scope.isEmpty else {
      throw ServiceError(
        .badSettings, "The login by device code needs a tenant, a clientId and a scope.")
    }
    guard
      let base = HTTPAddress("\(authority)/\(settings.tenant.percentEncoded)/oauth2/v2.0"),
      !base.target.contains("?")
    else {
      throw ServiceError(
        .badSettings,
        "The authority of the login is no address. Write https://, a host and perhaps a path.")
    }
    self.base = base
  }

  /// Where tokens are, to be shown.
  var shownURL: String { base.withoutQuery }

  /// Asks for a code.
  var code: HTTPRequest {
    post("devicecode", [("client_id", settings.clientID), ("scope", settings.wholeScope)])
  }

  /// Asks whether the code was typed in.
  func poll(_ deviceCode: Secret) -> HTTPRequest {
    post(
      "token",
      [
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
        ("client_id", settings.clientID), ("device_code", deviceCode.reveal()),
      ])
  }

  /// Asks for an access token without anybody.
  func renewal(_ refreshToken: Secret) -> HTTPRequest {
    post(
      "token",
      [
        ("grant_type", "refresh_token"), ("client_id", settings.clientID),
        ("refresh_token", refreshToken.reveal()), ("scope", settings.wholeScope),
      ])
  }

  private func post(_ path: String, _ members: [(String, String)]) -> HTTPRequest {
    let body = members.map { "\($0)=\($1.percentEncoded)" }.joined(separator: "&")
    return HTTPRequest(
      method: "POST", origin: base.origin, target: "\(base.target)/\(path)",
      headers: [
        "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded",
      ], body: Array(body.utf8), timeout: DeviceCodeRequests.timeout)
  }
}
