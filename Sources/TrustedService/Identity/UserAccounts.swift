public import ACSClient
public import ACSTypes
public import Services

/// What can be done to a user as a whole, in the store and at ACS.
public struct UserAccounts: Sendable {
  private let identities: IdentityClient
  private let users: any UserStore
  private let clock: any WallClock
  private let audit: @Sendable (AuditEntry) -> Void

  /// The accounts of a service; `audit` takes an entry for each change.
  public init(
    identities: IdentityClient, users: any UserStore, clock: any WallClock,
    audit: @escaping @Sendable (AuditEntry) -> Void
  ) {
    self.identities = identities
    self.users = users
    self.clock = clock
    self.audit = audit
  }

  /// Makes all tokens worthless that an identity has; its next ones are good.
  ///
  /// - Throws: `ServiceError`, `StoreError`; after a `ServiceError` the tokens are as they were.
  func revokeTokens(of identity: CommunicationIdentifier, caller: String) async throws {
    try await identities.revokeTokens(of: identity)
    let revocation = Revocation(identity: identity, revokedOn: clock.now, caller: caller)
    try await users.record(revocation)
    audit(.tokensRevoked(revocation))
  }

  /// Deletes an identity at ACS and forgets all that was kept about its user.
  ///
  /// From the first moment nobody gets a token for it. When ACS cannot be asked, the rest is done by
  /// ``finishErasures()``.
  ///
  /// - Returns: False when this service does not know the identity.
  /// - Throws: `ServiceError`, `StoreError`; the erasure has begun all the same.
  func erase(_ identity: CommunicationIdentifier, caller: String) async throws -> Bool {
    guard try await users.beginErasure(of: identity, now: clock.now) else { return false }
    try await finish(identity, caller: caller)
    return true
  }

  private func finish(_ identity: CommunicationIdentifier, caller: String) async throws {
    do {
      try await identities.delete(identity)
    } catch let error as ServiceError where error.meansNoIdentity || error.code == .notFound {
      // Somebody else deleted it: that is what was wanted.
    }
    // Told first: after a crash in between it is told twice, which is better than never.
    audit(.userErased(identity, on: clock.now, caller: caller))
    try await users.endErasure(of: identity)
  }
}

// MARK: - For whoever runs the service

extension UserAccounts {
  /// What stands for the operator in records.
  private static let operatorName = "operator"

  /// Makes all tokens of `user` worthless.
  ///
  /// - Returns: The identity; `nil` when nobody is known as that.
  /// - Throws: `ServiceError`, `StoreError`.
  public func revokeTokens(of user: UserKey) async throws -> CommunicationIdentifier? {
    guard let identity = try await users.user(user)?.person.identifier else { return nil }
    try await revokeTokens(of: identity, caller: UserAccounts.operatorName)
    return identity
  }

  /// Erases `user`, or ends an erasure of theirs that was begun.
  ///
  /// - Returns: The identities that are gone; none when nobody is known as that.
  /// - Throws: `ServiceError`, `StoreError`; what has begun is ended by the next try, or by the service itself.
  public func erase(_ user: UserKey) async throws -> [CommunicationIdentifier] {
    var identities = try await users.erasures().filter { user.means($0) }.map(\.identity)
    if let known = try await users.user(user)?.person.identifier { identities.append(known) }
    for identity in identities {
      _ = try await erase(identity, caller: UserAccounts.operatorName)
    }
    return identities
  }

  /// Goes on with erasures that were begun; those for which ACS has no answer stay.
  ///
  /// - Returns: How many were ended.
  /// - Throws: `StoreError`.
  public func finishErasures() async throws(StoreError) -> Int {
    var count = 0
    for erasure in try await users.erasures() {
      do {
        try await finish(erasure.identity, caller: UserAccounts.operatorName)
        count += 1
      } catch let error as StoreError {
        throw error
      } catch let error as ServiceError where error.code == .refused {
        continue
      } catch {
        // The others would meet the same.
        break
      }
    }
    return count
  }
}

extension UserKey {
  /// Whether it means the person whose erasure this is.
  func means(_ erasure: PendingErasure) -> Bool {
    switch self {
    case .name(let name): erasure.name == name.key
    case .identity(let identity): erasure.identity == identity
    }
  }
}
