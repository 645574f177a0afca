import ACSTypes

extension Core {
  /// `DELETE /identities/{id}`: tokens end, threads stay as they are (WIRE 12.4).
  mutating func deleteIdentity(_ exchange: Exchange, id: String) throws -> HTTPResponse {
    let identity = try ownIdentity(id).id
    try store.deleteIdentity(identity, now: exchange.now)
    realTime.revoke(identity, now: exchange.now)
    try keepRegistrations(of: identity, now: exchange.now)
    return .empty(204)
  }
}
