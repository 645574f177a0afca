import ACSTypes
import ACSWire

extension Core {
  /// `POST /identities` (WIRE 3).
  mutating func createIdentity(_ exchange: Exchange) throws -> HTTPResponse {
    let body = try exchange.optionalBody(as: CreateIdentityRequest.self)
    let scopes = body?.createTokenWithScopes ?? []
    // The lifetime is judged also where no token is asked for.
    try TokenRequest.check(minutes: body?.expiresInMinutes)
    if !scopes.isEmpty { try TokenRequest.check(scopes: scopes) }
    let identity = IdentityRow(id: "8:acs:\(resource.id)_\(ids.identitySuffix())", generation: 0)
    try store.insertIdentity(identity.id, now: exchange.now)
    let result = CommunicationIdentityAccessTokenResult(
      identity: CommunicationIdentity(id: identity.id))
    guard !scopes.isEmpty else { return .json(result, status: 201) }
    let token = token(
      for: identity, scopes: scopes, minutes: body?.expiresInMinutes, now: exchange.now)
    return answer(with: token, status: 201) { token in
      var result = result
      result.accessToken = token
      return result
    }
  }
}
