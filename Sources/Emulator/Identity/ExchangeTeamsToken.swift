import ACSTypes
import ACSWire
import ServiceAuth

extension Core {
  /// `POST /teamsUser/:exchangeAccessToken`: a token of Entra for a Teams user becomes one of ACS (WIRE 3, 12.14).
  ///
  /// The token is checked before the rest.
  mutating func exchangeTeamsToken(_ exchange: Exchange) throws -> HTTPResponse {
    let body = try exchange.body(as: JSONValue.self)
    let claims = try teamsClaims(Secret(body["token"]?.string ?? ""), now: exchange.now)
    _ = try guid(body["appId"]?.string, member: "appId", claimed: claims["azp"]?.string)
    let user = try guid(body["userId"]?.string, member: "userId", claimed: claims["oid"]?.string)
    return answer(with: token(forTeamsUser: user, now: exchange.now)) { $0 }
  }

  private func teamsClaims(_ token: Secret, now: Timestamp) throws -> JSONValue {
    let claims: JSONValue
    do throws(JWT.Refusal) {
      guard let key = entra.key else { throw .signatureDiffers }
      claims = try JWT.verify(token, with: key, now: now)
    } catch {
      throw Core.invalidTeamsToken(error.words)
    }
    guard claims["scp"]?.string != nil else {
      throw Core.invalidTeamsToken("The token is an application's; a person's is wanted.")
    }
    return claims
  }

  /// A GUID of the body, in lower case, which has to be the one that the token claims.
  ///
  /// Another one gets the words for a malformed one, as recorded.
  private func guid(
    _ text: String?, member: String, claimed: String?
  ) throws(Refusal) -> String {
    let name = member.prefix(1).uppercased() + member.dropFirst()
    guard let text, !text.isEmpty else {
      throw Refusal(
        400, "ValidationError", "\(name): The \(name) field is required.", target: name)
    }
    let guid = text.lowercased()
    guard guid.isGUID, guid == claimed?.lowercased() else {
      throw Refusal(
        400, "ValidationError", "Provided \(name) has invalid format.", target: member,
        why: guid.isGUID
          ? "The token is for another \(member): \(claimed ?? "none")."
          : "\(member) should be a GUID.")
    }
    return guid
  }

  private static func invalidTeamsToken(_ why: String) -> Refusal {
    Refusal(401, "InvalidAccessToken", "Provided access token is not valid.", why: why)
  }
}
