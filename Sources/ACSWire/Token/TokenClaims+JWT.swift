public import ACSTypes

extension TokenClaims {
  /// Reads the claims of a JSON Web Token; the signature is not verified (WIRE 1.4).
  ///
  /// - Throws: ``WireError`` with code `.badValue` when it is no such token, `.missing` when it does not tell its end.
  public init(jwt: Secret) throws(WireError) {
    let token = try JSONWebToken(jwt)
    guard let expiresOn = token.expiresOn else {
      throw WireError(.missing, "The token does not tell when it expires.", path: "exp")
    }
    self.init(
      identity: token.identity, scopes: token.scopes, issuedOn: token.issuedOn,
      expiresOn: expiresOn, resourceID: token.resourceID)
  }
}
