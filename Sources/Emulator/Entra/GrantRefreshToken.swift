import ACSTypes
import ACSWire
import ServiceAuth

extension Core {
  /// The audience that makes a refresh token no access token.
  private static let refreshAudience = "urn:confab:refresh"
  /// 90 days, as Entra's.
  private static let refreshLifetime: Int64 = 90 * 86_400

  /// A person's application asks for new tokens (RFC 6749, 6).
  ///
  /// Each time it gets a new refresh token. The one before stays good until its end, as Entra's does; so nothing of it
  /// has to be kept here.
  mutating func grantRefreshToken(_ form: EntraForm, now: Timestamp) throws -> HTTPResponse {
    let clientID = try publicClient(form)
    let token = Secret(try form.value("refresh_token"))
    let claims: JSONValue
    do throws(JWT.Refusal) {
      guard let key = entra.key else { throw .signatureDiffers }
      claims = try JWT.verify(token, with: key, now: now)
    } catch .expired {
      throw EntraRefusal(
        400, "invalid_grant", 700_082,
        "The refresh token has expired due to inactivity. Sign in again.")
    } catch {
      throw Core.malformedRefreshToken
    }
    guard claims["aud"]?.string == Core.refreshAudience, claims["azp"]?.string == clientID,
      let user = claims["preferred_username"]?.string, let granted = claims["scp"]?.string
    else { throw Core.malformedRefreshToken }
    return try tokens(
      of: user, clientID: clientID, scope: try EntraScope(form["scope"] ?? granted), form: form,
      now: now)
  }

  private static let malformedRefreshToken = EntraRefusal(
    400, "invalid_grant", 9_002_313,
    "Invalid request. The refresh token is malformed, of another service, or of another "
      + "application. Sign in again.")

  /// What lets an application ask for new tokens of `user` later.
  mutating func refreshToken(
    of user: String, clientID: String, scope: String, now: Timestamp
  ) throws -> Secret {
    try entraToken(
      [
        ("azp", .string(clientID)), ("preferred_username", .string(user)),
        ("scp", .string(scope)),
      ], audience: Core.refreshAudience, lifetime: Core.refreshLifetime, now: now)
  }
}
