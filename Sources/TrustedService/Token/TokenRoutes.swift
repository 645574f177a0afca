import ACSTypes
import ACSWire

/// Tokens, under the paths of Microsoft's samples (WIRE 9).
struct TokenRoutes: Sendable {
  let issuer: TokenIssuer
  let users: any UserStore
  let metrics: Metrics

  var routes: [Route] {
    [
      Route("GET", "/token", .callers) { call in
        try await token(TokenRequest(query: call.query), call)
      },
      Route("POST", "/token", .callers) { call in
        try await token(TokenRequest(body: call.request.body, query: call.query), call)
      },
      Route("POST", "/refreshToken/{userId}", .callers) { try await renew($0) },
      Route("GET", "/api/token", .callers, form: .sample) { call in
        try await token(TokenRequest(query: call.query), call, status: 201)
      },
    ]
  }

  /// A token of the caller's identity, with the shape of Microsoft's web samples.
  private func token(
    _ request: TokenRequest, _ call: RouteCall, status: Int = 200
  ) async throws -> HTTPResponse {
    let token = try await issuer.token(
      for: call.caller.granted(request), TokenPurpose(call))
    return answer(token, call, status: status)
  }

  /// `POST /refreshToken/{userId}`; `?scope=` says what for.
  ///
  /// A foreign identity gets the same refusal as one that nobody has: who exists is nobody's business.
  private func renew(_ call: RouteCall) async throws -> HTTPResponse {
    let identity = CommunicationIdentifier(rawID: call.parameters[0])
    let caller = call.caller
    let request = try caller.granted(
      TokenRequest(query: call.query), renewing: try await owner(of: identity, caller))
    let token = try await issuer.token(renewing: identity, for: request, TokenPurpose(call))
    return answer(token, call, status: 200)
  }

  /// The user of the caller's who has `identity`; `nil` for a caller whom that need not concern.
  private func owner(
    of identity: CommunicationIdentifier, _ caller: Caller
  ) async throws -> CallerName? {
    guard let candidates = caller.users else { return nil }
    for name in candidates where try await users.person(named: name)?.identifier == identity {
      return name
    }
    throw RequestProblem.forbidden(
      "IdentityNotOwned", "This caller gets tokens for its own identity only; ask /token for one.")
  }

  private func answer(_ token: UserAccessToken, _ call: RouteCall, status: Int) -> HTTPResponse {
    metrics.tokenIssued(to: call.caller)
    let grant = TokenServiceGrant(
      token: token.token, expiresOn: token.expiresOn, identity: token.identity)
    return .json(grant.json, status: status)
  }
}
