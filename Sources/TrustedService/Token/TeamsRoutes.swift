import ACSClient
import ACSTypes
import ACSWire

/// Tokens for Teams users, in exchange for the ones that they have of Microsoft Entra (WIRE 3, 9).
struct TeamsRoutes: Sendable {
  /// The header field with the user's Entra token, as Microsoft's sample has it.
  static let field = "teams-user-aad-token"

  let identities: IdentityClient
  let ledger: TokenLedger
  let metrics: Metrics

  var routes: [Route] {
    [Route("GET", "/api/token/teams", .callers, form: .sample) { try await exchange($0) }]
  }

  /// The Entra token itself proves whose it is, which ACS checks; a caller whom Entra itself proved cannot bring
  /// another's.
  private func exchange(_ call: RouteCall) async throws -> HTTPResponse {
    guard let text = call.request.headers[TeamsRoutes.field], !text.isEmpty else {
      throw RequestProblem.badRequest(
        "Send the user's Entra token for Teams in the header field \(TeamsRoutes.field).")
    }
    let proof = Secret(text)
    guard let claims = try? JSONWebToken(proof).claims, let user = claims["oid"]?.string else {
      throw RequestProblem.invalidToken(
        "What \(TeamsRoutes.field) holds is no token of a user of Microsoft Entra.")
    }
    guard call.caller.objectID == nil || call.caller.objectID == user else {
      throw RequestProblem.forbidden(
        "IdentityNotOwned", "The Teams token is another user's than the caller's own.")
    }
    guard
      let application = call.rules.teamsApplicationID ?? claims["appid"]?.string
        ?? claims["azp"]?.string
    else {
      throw RequestProblem.badRequest(
        "The Teams token does not name its application; configure teams.applicationId.")
    }
    let token = try await exchanged(proof, application, user)
    ledger.tell(token, TokenPurpose(call))
    metrics.tokenIssued(to: call.caller)
    return .json(
      [
        "token": .string(token.token.reveal()),
        "expiresOn": .string(token.expiresOn.iso8601WithMilliseconds),
      ], status: 201)
  }

  private func exchanged(
    _ proof: Secret, _ application: String, _ user: String
  ) async throws -> UserAccessToken {
    do {
      return try await identities.exchangeTeamsToken(proof, appID: application, userID: user)
    } catch let error as ServiceError {
      switch (error.serviceCode, error.code) {
      case ("InvalidAccessToken", _): throw RequestProblem.invalidToken(error.message)
      case (_, .refused): throw RequestProblem.badRequest(error.message)
      default: throw error
      }
    }
  }
}
