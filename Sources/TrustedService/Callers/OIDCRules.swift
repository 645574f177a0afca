import ACSTypes
import ACSWire
import ServiceAuth

/// Which tokens of an OpenID Connect authority are taken, and what they allow.
public struct OIDCRules: Hashable, Sendable {
  /// Who issues them: exactly what stands in `iss`.
  public var issuer: String
  /// For whom they are: one of these must stand in `aud`.
  public var audiences: [String]
  /// Where the keys are; `nil` asks the issuer's `.well-known/openid-configuration`.
  public var keySetURL: String?
  /// The claim that names the user.
  public var userClaim = "sub"
  /// The claim with the name to show; `nil` lets the user choose one.
  public var displayNameClaim: String?
  /// What `scp` or `scope` must hold; `nil` for nothing.
  public var requiredScope: String?
  /// The clients that may have asked for the token (`azp` or `appid`); empty for all.
  public var authorizedParties: [String] = []
  /// How far the authority's clock may be off.
  public var clockSkew = Duration.seconds(60)
  /// What the users may get.
  public var allowance = Allowance()

  /// Rules with the usual rest.
  public init(issuer: String, audiences: [String]) {
    self.issuer = issuer
    self.audiences = audiences
  }

  /// The caller whom proved claims describe.
  ///
  /// - Throws: ``RequestProblem`` with status 401 for a token that does not hold here and now, 403 for a genuine one
  ///   that is not enough.
  func caller(_ claims: JSONValue, now: Timestamp) throws(RequestProblem) -> Caller {
    try checkTimes(claims, now: now)
    guard claims["iss"]?.string == issuer else {
      throw .invalidToken("The token was issued by another authority than \(issuer).")
    }
    let audience = claims["aud"]?.array?.compactMap(\.string) ?? claims["aud"]?.string.map { [$0] }
    guard audience?.contains(where: audiences.contains) == true else {
      throw .invalidToken(
        "The token is for another audience; ask the authority for one for "
          + "\(audiences.joined(separator: " or ")).")
    }
    try checkParty(claims)
    guard let user = claims[userClaim]?.string, !user.isEmpty else {
      throw .forbidden(
        "CallerNotAllowed", "The token does not name its user: it has no claim \(userClaim).")
    }
    var caller = Caller(
      label: "oidc", reach: .itself(try CallerName(subject: user)), allowance: allowance)
    if let claim = displayNameClaim {
      // What the authority tells counts; without it the user still cannot choose another's name.
      let told = claims[claim]?.string.flatMap { try? CallerName($0, member: "displayName") }
      if let told {
        caller.displayName = told
      } else {
        caller.displayName = try CallerName(subject: user)
      }
    }
    caller.objectID = claims["oid"]?.string
    return caller
  }

  private func checkTimes(_ claims: JSONValue, now: Timestamp) throws(RequestProblem) {
    let now = Double(now.milliseconds) / 1000
    let skew = Double(clockSkew.wholeMilliseconds) / 1000
    guard let expiry = claims["exp"]?.number else {
      throw .invalidToken("The token does not tell when it expires.")
    }
    guard now < expiry + skew else {
      throw .invalidToken("The token expired \(OIDCRules.span(now - expiry)) ago; fetch a new one.")
    }
    for name in ["nbf", "iat"] {
      guard let claim = claims[name], !claim.isNull else { continue }
      guard let moment = claim.number else {
        throw .invalidToken("The token's claim \(name) is no number.")
      }
      guard moment <= now + skew else {
        throw .invalidToken(
          "The token holds only in \(OIDCRules.span(moment - now)); is a clock wrong?")
      }
    }
  }

  private func checkParty(_ claims: JSONValue) throws(RequestProblem) {
    if let requiredScope {
      let words = claims["scp"] ?? claims["scope"]
      let scopes =
        words?.array?.compactMap(\.string)
        ?? words?.string?.split(separator: " ").map(String.init) ?? []
      guard scopes.contains(requiredScope) else {
        throw .forbidden("ScopeMissing", "The token lacks the scope \(requiredScope).")
      }
    }
    guard !authorizedParties.isEmpty else { return }
    let party = (claims["azp"] ?? claims["appid"])?.string
    guard let party, authorizedParties.contains(party) else {
      throw .forbidden("CallerNotAllowed", "The token was made for a client that may not ask here.")
    }
  }

  private static func span(_ seconds: Double) -> String {
    "\(Int(min(max(seconds, 0), 1e12))) seconds"
  }
}
