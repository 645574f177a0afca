import ACSTypes

extension Core {
  /// `POST /entra/{tenant}/oauth2/v2.0/token`: each way to a token stands in a file of its own.
  mutating func issueEntraToken(_ exchange: Exchange) throws -> HTTPResponse {
    let form = try EntraForm(exchange.request)
    let grant = try form.value("grant_type")
    switch grant {
    case "client_credentials": return try grantClientCredentials(form, now: exchange.now)
    case "urn:ietf:params:oauth:grant-type:device_code", "device_code":
      return try grantDeviceCode(form, now: exchange.now)
    case "password": return try grantPassword(form, now: exchange.now)
    case "refresh_token": return try grantRefreshToken(form, now: exchange.now)
    default:
      throw EntraRefusal(
        400, "unsupported_grant_type", 70003,
        "The app requested an unsupported grant type '\(grant)'. The emulator has "
          + "client_credentials, urn:ietf:params:oauth:grant-type:device_code, password and "
          + "refresh_token.")
    }
  }
}
