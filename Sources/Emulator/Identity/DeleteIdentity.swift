import ACSTypes

extension Core {
  /// `DELETE /identities/{id}`: tokens end, threads stay as they are (WIRE 12.4).
  func deleteIdentity(_ exchange: Exchange, id: String) throws -> HTTPResponse {
    try store.deleteIdentity(try ownIdentity(id).id, now: exchange.now)
    return .empty(204)
  }
}
