import ACSTypes

extension Core {
  /// `POST /identities/{id}/:revokeAccessTokens`: tokens issued before are refused, later ones not (WIRE 12.16).
  func revokeAccessTokens(_ exchange: Exchange, id: String) throws -> HTTPResponse {
    try store.revokeTokens(of: try ownIdentity(id).id)
    return .empty(204)
  }
}
