import ACSTypes
import ACSWire
import ServiceAuth

extension Core {
  /// Who signs in where codes approve themselves.
  static let standardUser = "developer@confab.example"

  /// An application polls for the end of a sign-in (RFC 8628, 3.4).
  mutating func grantDeviceCode(_ form: EntraForm, now: Timestamp) throws -> HTTPResponse {
    let clientID = try publicClient(form)
    let code = try form["device_code"] ?? form.value("code")
    let approver = entra.settings.approvesDeviceCodes ? Core.standardUser : nil
    switch entra.deviceCodes.polled(code, by: clientID, approver: approver, now: now) {
    case .pending:
      throw EntraRefusal(
        400, "authorization_pending", 70016,
        "OAuth 2.0 device flow error. Authorization is pending. Continue polling.")
    case .tooFast:
      throw EntraRefusal(
        400, "slow_down", 70022, "The application polls too fast; wait 5 seconds longer each time.")
    case .denied:
      throw EntraRefusal(
        400, "access_denied", 70018, "The person denied the authorization request. Stop polling.")
    case .expired:
      throw EntraRefusal(
        400, "expired_token", 70020,
        "The provided value for the input parameter 'device_code' has expired. Start anew.")
    case .unknown:
      throw EntraRefusal(
        400, "invalid_grant", 70000,
        "Provided grant is invalid or malformed: the device_code is unknown, was used already, or "
          + "belongs to another application.")
    case .approved(let user, let scope):
      return try tokens(
        of: user, clientID: clientID, scope: try EntraScope(scope), form: form, now: now)
    }
  }

  /// The tokens of a person who signed in: for the resource, and what else the scope asks for.
  mutating func tokens(
    of user: String, clientID: String, scope: EntraScope, form: EntraForm, now: Timestamp
  ) throws -> HTTPResponse {
    let access = try entraToken(
      for: .user(name: user, clientID: clientID), resource: scope.resource,
      permissions: scope.permissions, now: now)
    var members: [(String, JSONValue)] = [
      ("token_type", "Bearer"), ("scope", .string(scope.text)),
      ("expires_in", .integer(Core.entraLifetime)),
      ("ext_expires_in", .integer(Core.entraLifetime)), ("access_token", .string(access.reveal())),
    ]
    if scope.openID.contains("offline_access") {
      let refresh = try refreshToken(
        of: user, clientID: clientID, scope: scope.text, now: now)
      members.append(("refresh_token", .string(refresh.reveal())))
    }
    if scope.openID.contains("openid") {
      let identity = try identityToken(for: user, clientID: clientID, now: now)
      members.append(("id_token", .string(identity.reveal())))
    }
    if form["client_info"] == "1" {
      let account: JSONValue = [
        "uid": .string(objectID(ofUser: user)), "utid": .string(entra.settings.tenantID),
      ]
      members.append(("client_info", .string(account.bytes.base64URL)))
    }
    return .uncached(.object(JSONObject(members)))
  }
}
