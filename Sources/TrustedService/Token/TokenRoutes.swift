import ACSTypes
import ACSWire

extension TokenIssuer {
  /// `GET /token`.
  func get(_ request: HTTPRequest) async throws -> HTTPResponse {
    answer(try await token(for: TokenRequest(query: QueryItems(request.query))))
  }

  /// `POST /token`.
  func post(_ request: HTTPRequest) async throws -> HTTPResponse {
    let wanted = try TokenRequest(body: request.body, query: QueryItems(request.query))
    return answer(try await token(for: wanted))
  }

  /// `POST /refreshToken/{userId}`, as Microsoft's samples have it; `?scope=` says what for.
  func renew(_ userID: String, _ request: HTTPRequest) async throws -> HTTPResponse {
    let query = try QueryItems(request.query)
    let scopes = try TokenRequest.scopes(query["scope"].map { [$0] } ?? [])
    let identity = CommunicationIdentifier(rawID: userID)
    return answer(try await token(renewing: identity, scopes: scopes))
  }

  /// 200 with the shape of Microsoft's web samples (WIRE 9).
  private func answer(_ token: UserAccessToken) -> HTTPResponse {
    let grant = TokenServiceGrant(
      token: token.token, expiresOn: token.expiresOn, identity: token.identity)
    return .json(grant.json)
  }
}
