import ACSTypes
import ACSWire

extension Core {
  /// `POST /identities` (WIRE 3).
  func createIdentity(_ exchange: Exchange) throws -> HTTPResponse {
    let body = try exchange.optionalBody(as: CreateIdentityRequest.self)
    let scopes = body?.createTokenWithScopes ?? []
    if !scopes.isEmpty { try TokenRequest.check(scopes, minutes: body?.expiresInMinutes) }
    let identity = IdentityRow(id: "8:acs:\(resource.id)_\(ids.identitySuffix())", generation: 0)
    try store.insertIdentity(identity.id, now: exchange.now)
    var result = CommunicationIdentityAccessTokenResult(
      identity: CommunicationIdentity(id: identity.id))
    if !scopes.isEmpty {
      result.accessToken = try token(
        for: identity, scopes: scopes, minutes: body?.expiresInMinutes, now: exchange.now)
    }
    return .json(result, status: 201)
  }
}
