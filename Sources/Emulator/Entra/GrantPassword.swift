import ACSTypes
import ACSWire
import ServiceAuth

extension Core {
  /// An application signs a person in by name and password (RFC 6749, 4.3): for tests, where nobody is at a screen.
  ///
  /// Everybody has the same password, which the ready file tells.
  mutating func grantPassword(_ form: EntraForm, now: Timestamp) throws -> HTTPResponse {
    let clientID = try publicClient(form)
    let scope = try EntraScope(try form.value("scope"))
    let name = try form.value("username")
    let password = try form.value("password")
    guard
      Digest.areEqual(Array(password.utf8), Array(entra.settings.userPassword.reveal().utf8))
    else {
      throw EntraRefusal(
        400, "invalid_grant", 50126,
        "Error validating credentials due to invalid username or password.")
    }
    return try tokens(of: name, clientID: clientID, scope: scope, form: form, now: now)
  }
}
