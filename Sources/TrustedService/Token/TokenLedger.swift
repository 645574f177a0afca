import ACSTypes
import Services

/// Puts each token on record before it is handed out: in the store, and in the audit.
struct TokenLedger: Sendable {
  let users: any UserStore
  /// By which credential tokens are got.
  let credential: String
  let clock: any WallClock
  let audit: @Sendable (AuditEntry) -> Void

  /// The token, once it is on record that it was issued.
  ///
  /// - Throws: `StoreError`, ``RequestProblem`` with status 404 for somebody who was erased meanwhile.
  func enter(
    _ token: UserAccessToken, _ request: TokenRequest, _ purpose: TokenPurpose
  ) async throws -> UserAccessToken {
    let record = TokenRecord(
      identity: token.identity, name: request.name?.key, issuedOn: clock.now,
      expiresOn: token.expiresOn, scopes: request.scopes, credential: credential,
      caller: purpose.caller, reason: purpose.reason)
    guard try await users.record(record) else {
      throw RequestProblem(
        status: 404, code: "UserNotFound",
        message: "That user was erased meanwhile; ask /token for a new identity.")
    }
    audit(.tokenIssued(record))
    return token
  }

  /// Tells of a token of somebody who is no user of the directory: a Teams user.
  func tell(_ token: UserAccessToken, _ purpose: TokenPurpose) {
    audit(
      .tokenIssued(
        TokenRecord(
          identity: token.identity, name: nil, issuedOn: clock.now, expiresOn: token.expiresOn,
          scopes: token.claims?.scopes ?? [], credential: credential, caller: purpose.caller,
          reason: purpose.reason)))
  }
}
