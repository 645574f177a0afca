import ACSTypes
import ACSWire

extension Core {
  /// `POST /identities/{id}/:issueAccessToken` (WIRE 3).
  mutating func issueAccessToken(_ exchange: Exchange, id: String) throws -> HTTPResponse {
    let body = try exchange.optionalBody(as: JSONValue.self) ?? [:]
    // An absent list of scopes gets the words of an empty one.
    let isEmpty = body["scopes"].map { $0.isNull } ?? true
    let request =
      isEmpty
      ? IssueAccessTokenRequest(scopes: []) : try exchange.body(as: IssueAccessTokenRequest.self)
    try TokenRequest.check(minutes: request.expiresInMinutes)
    try TokenRequest.check(scopes: request.scopes)
    let identity = try ownIdentity(id)
    let token = token(
      for: identity, scopes: request.scopes, minutes: request.expiresInMinutes, now: exchange.now)
    return answer(with: token) { $0 }
  }

  /// The identity of that id.
  ///
  /// - Throws: ``Refusal`` as recorded for foreign and malformed ones: 401, not 404 (WIRE 12.12).
  func ownIdentity(_ id: String) throws -> IdentityRow {
    guard let identity = try store.identity(id) else {
      throw Refusal(
        401, "IdentityNotOwned", "Provided identity doesn't belong to the resource.",
        why: "The resource \(resource.id) has no identity \(id); it is another resource's, was "
          + "deleted, or is no identity.")
    }
    return identity
  }
}
