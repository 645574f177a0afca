import ACSTypes
import ACSWire
import ServiceAuth

extension FuzzTarget {
  /// JSON Web Tokens and key sets: nothing passes that the key did not sign.
  static let tokens = FuzzTarget("tokens") { bytes in
    let token = Secret(decoded(bytes))
    if let claims = JWT.unverifiedClaims(token) {
      try require(claims.object != nil, "claims that are no object")
    }
    if let read = try? JSONWebToken(token) {
      _ = (read.algorithm, read.identity, read.scopes, read.resourceID, read.issuedOn)
      if let expiry = read.expiresOn {
        try require(expiry >= .epoch, "an expiry before the epoch")
      }
    }
    if let claims = try? TokenClaims(jwt: token) { _ = claims.scopes }
    if let json = try? JSONValue.parse(bytes) { _ = try? JSONWebKeySet(json) }
    guard let signed = try? SignedToken(token) else { return }
    let key = try tokenKey.get()
    do {
      _ = try JWT.verify(token, with: key, now: .epoch)
      throw BrokenInvariant("a token was taken that the key did not sign")
    } catch let refusal as JWT.Refusal {
      try require(!refusal.words.isEmpty, "a refusal without words")
    }
    _ = signed.keyID
  }

  /// Made at the first use, which takes a tenth of a second.
  static let tokenKey = Result { try RSAKey.generate() }
}
