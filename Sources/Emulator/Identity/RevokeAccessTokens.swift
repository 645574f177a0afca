import ACSTypes

extension Core {
  /// `POST /identities/{id}/:revokeAccessTokens`: tokens issued before are refused, later ones not (WIRE 12.16).
  mutating func revokeAccessTokens(_ exchange: Exchange, id: String) throws -> HTTPResponse {
    let identity = try ownIdentity(id).id
    try store.revokeTokens(of: identity)
    realTime.revoke(identity, now: exchange.now)
    try keepRegistrations(of: identity, now: exchange.now)
    return .empty(204)
  }
}
