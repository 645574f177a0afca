import ACSClient
import ACSTypes
import Services

/// What can be done to a user as a whole, in the store and at ACS.
struct UserAccounts: Sendable {
  let identities: IdentityClient
  let users: any UserStore
  let clock: any WallClock

  /// Makes all tokens worthless that an identity has; its next ones are good.
  ///
  /// - Throws: `ServiceError`, `StoreError`; after a `ServiceError` the tokens are as they were.
  func revokeTokens(of identity: CommunicationIdentifier, caller: String) async throws {
    try await identities.revokeTokens(of: identity)
    try await users.record(
      Revocation(identity: identity, revokedOn: clock.now, caller: caller))
  }

  /// Deletes an identity at ACS and forgets all that was kept about its user.
  ///
  /// From the first moment nobody gets a token for it. When ACS cannot be asked, the rest is done by
  /// ``finishErasures()``.
  ///
  /// - Returns: False when this service does not know the identity.
  /// - Throws: `ServiceError`, `StoreError`; the erasure has begun all the same.
  func erase(_ identity: CommunicationIdentifier) async throws -> Bool {
    guard try await users.beginErasure(of: identity, now: clock.now) else { return false }
    try await finish(identity)
    return true
  }

  /// Goes on with erasures that ACS did not answer; those that fail again stay.
  func finishErasures() async throws {
    for identity in try await users.erasures() {
      do { try await finish(identity) } catch is ServiceError { continue }
    }
  }

  private func finish(_ identity: CommunicationIdentifier) async throws {
    do {
      try await identities.delete(identity)
    } catch let error as ServiceError where error.meansNoIdentity || error.code == .notFound {
      // Somebody else deleted it: that is what was wanted.
    }
    try await users.endErasure(of: identity)
  }
}
