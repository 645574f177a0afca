import ACSTypes
import ACSWire
import ServiceAuth

extension Core {
  private static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
  /// The audience of the emulator's own assertion, as Kubernetes has it in its tokens.
  private static let assertionAudience = "api://AzureADTokenExchange"

  /// An application proves itself by its secret or by a token of somebody it trusts (WIRE 1.3).
  mutating func grantClientCredentials(
    _ form: EntraForm, now: Timestamp
  ) throws -> HTTPResponse {
    let id = try form.value("client_id")
    guard id.lowercased() == entra.settings.clientID else {
      throw EntraRefusal(
        400, "unauthorized_client", 700_016,
        "Application with identifier '\(id)' was not found in the directory. The emulator has "
          + "\(entra.settings.clientID).")
    }
    let proof = try proof(form, now: now)
    let scope = try EntraScope(try form.value("scope"))
    guard scope.permissions == [".default"] else {
      throw EntraRefusal(
        400, "invalid_scope", 1_002_012,
        "The provided value for scope \(scope.text) is not valid. Client credential flows must have "
          + "a scope value with /.default suffixed to the resource identifier.")
    }
    let token = try entraToken(for: .application(proof), resource: scope.resource, now: now)
    return .uncached([
      "token_type": "Bearer", "expires_in": .integer(Core.entraLifetime),
      "ext_expires_in": .integer(Core.entraLifetime), "access_token": .string(token.reveal()),
    ])
  }

  private func proof(_ form: EntraForm, now: Timestamp) throws -> EntraSubject.Proof {
    if let assertion = form["client_assertion"] {
      let type = try form.value("client_assertion_type")
      guard type == Core.assertionType else {
        throw EntraRefusal(
          400, "invalid_request", 50027,
          "The client_assertion_type should be \(Core.assertionType), not \(type).")
      }
      try checkAssertion(Secret(assertion), now: now)
      return .assertion
    }
    guard let secret = form["client_secret"] else {
      throw EntraRefusal(
        401, "invalid_client", 7_000_216,
        "'client_assertion' or 'client_secret' is required for the 'client_credentials' grant type."
      )
    }
    let right = entra.settings.clientSecret.reveal()
    guard Digest.areEqual(Array(secret.utf8), Array(right.utf8)) else {
      throw EntraRefusal(
        401, "invalid_client", 7_000_215,
        "Invalid client secret provided. Ensure the secret being sent in the request is the client "
          + "secret value, not the client secret ID, for a secret added to app "
          + "'\(entra.settings.clientID)'.")
    }
    return .secret
  }

  /// Whether a foreign token was really signed by its issuer is not looked at: the emulator trusts them all.
  private func checkAssertion(_ assertion: Secret, now: Timestamp) throws {
    guard entra.settings.takesForeignAssertions else {
      let claims = try? JWT.verify(assertion, with: resource.tokenKey, now: now)
      guard claims?["aud"]?.string == Core.assertionAudience else {
        throw EntraRefusal(
          401, "invalid_client", 700_213,
          "The assertion is not the emulator's own federated token, or has expired; with a random "
            + "access key no other is taken.")
      }
      return
    }
    guard let claims = JWT.unverifiedClaims(assertion) else {
      throw EntraRefusal(
        401, "invalid_client", 50027, "JWT token is invalid or malformed: the client_assertion.")
    }
    guard let expiry = claims["exp"]?.integer, expiry > now.seconds,
      claims["nbf"]?.integer ?? 0 <= now.seconds
    else {
      throw EntraRefusal(
        401, "invalid_client", 700_024,
        "Client assertion is not within its valid time range. Current time: \(now.iso8601).")
    }
  }

  /// A token by which a workload of this machine proves itself, good for a year.
  func federatedToken(now: Timestamp) throws -> Secret {
    try JWT.sign(
      [
        "aud": .string(Core.assertionAudience), "iss": "https://confab.invalid/emulator",
        "sub": "system:serviceaccount:default:confab", "iat": .integer(now.seconds),
        "nbf": .integer(now.seconds), "exp": .integer(now.seconds + 365 * 86_400),
      ], with: resource.tokenKey)
  }
}
