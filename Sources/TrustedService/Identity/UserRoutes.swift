import ACSTypes
import ACSWire

/// The caller's own user: who it is at ACS, and the end of its tokens or of itself.
struct UserRoutes: Sendable {
  let issuer: TokenIssuer
  let users: any UserStore
  let accounts: UserAccounts

  var routes: [Route] {
    [
      Route("GET", "/api/user", .callers, form: .sample) { call in
        answer(try await known(call), status: 200)
      },
      Route("POST", "/api/user", .callers, form: .sample) { try await make($0) },
      Route("DELETE", "/api/user", .callers, form: .sample) { try await erase($0) },
      Route("DELETE", "/token", .callers) { try await revoke($0) },
    ]
  }

  /// `POST /api/user`: 201 for a new identity, 200 for the one that the user has.
  private func make(_ call: RouteCall) async throws -> HTTPResponse {
    let name = try name(call)
    let (person, isNew) = try await issuer.person(
      for: call.caller.granted(TokenRequest(query: call.query)), name)
    return answer(person, status: isNew ? 201 : 200)
  }

  /// `DELETE /api/user`: the identity is deleted at ACS, and what was kept about the user is gone.
  private func erase(_ call: RouteCall) async throws -> HTTPResponse {
    guard try await accounts.erase(known(call).identifier, caller: call.caller.label) else {
      throw missing
    }
    return HTTPResponse(status: 204, headers: ["Cache-Control": "no-store"])
  }

  /// `DELETE /token`: all tokens of the user end.
  private func revoke(_ call: RouteCall) async throws -> HTTPResponse {
    let person = try await known(call)
    try await accounts.revokeTokens(of: person.identifier, caller: call.caller.label)
    return HTTPResponse(status: 204, headers: ["Cache-Control": "no-store"])
  }

  private func known(_ call: RouteCall) async throws -> Person {
    guard let person = try await users.person(named: name(call)) else { throw missing }
    return person
  }

  private func name(_ call: RouteCall) throws(RequestProblem) -> CallerName {
    guard let name = try call.caller.user(named: call.namedUser()) else {
      throw .badRequest("Say whose user is meant with user=…")
    }
    return name
  }

  private var missing: RequestProblem {
    RequestProblem(
      status: 404, code: "UserNotFound",
      message: "This user has no identity; ask for a token first.")
  }

  private func answer(_ person: Person, status: Int) -> HTTPResponse {
    .json(["acsUserIdentity": .string(person.identifier.rawID)], status: status)
  }
}
