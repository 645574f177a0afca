import ACSClient
import ACSTypes
import ArgumentTable
import Services

/// The resource that a command works for.
///
/// Identities that it makes are written into the journal before anybody uses them.
struct Resource: Sendable {
  let endpoint: String
  let identities: IdentityClient
  let sms: SMSClient
  private let journal: IdentityJournal
  private let clock: any WallClock

  init(
    endpoint: String, authoriser: any RequestAuthoriser, exchange: any HTTPExchange,
    journal: IdentityJournal, clock: any WallClock, random: any RandomSource
  ) {
    self.endpoint = endpoint
    self.journal = journal
    self.clock = clock
    identities = IdentityClient(endpoint: endpoint, exchange: exchange, authoriser: authoriser)
    sms = SMSClient(
      endpoint: endpoint, exchange: exchange, authoriser: authoriser, clock: clock, random: random)
  }

  /// Creates an identity for `purpose`, which the journal tells.
  func createIdentity(for purpose: String) async throws -> CommunicationIdentifier {
    try journal.check()
    let identity = try await identities.createIdentity()
    try await remember(identity, purpose)
    return identity
  }

  /// Creates an identity with its first token.
  func createIdentity(
    for purpose: String, scopes: [TokenScope], minutes: Int?
  ) async throws -> UserAccessToken {
    try journal.check()
    let token = try await identities.createIdentity(scopes: scopes, lifetimeInMinutes: minutes)
    try await remember(token.identity, purpose)
    return token
  }

  /// Deletes an identity, and notes that it is gone.
  func delete(_ identity: CommunicationIdentifier) async throws {
    try await identities.delete(identity)
    try forget(identity)
  }

  /// Notes that an identity is gone.
  func forget(_ identity: CommunicationIdentifier) throws {
    try journal.append(.gone(identity.rawID, endpoint: endpoint, on: clock.now))
  }

  /// Notes a new identity; one that cannot be noted is deleted, for nobody would clean it up.
  private func remember(_ identity: CommunicationIdentifier, _ purpose: String) async throws {
    do {
      try journal.append(
        .made(
          MadeIdentity(
            id: identity.rawID, endpoint: endpoint, madeOn: clock.now, purpose: purpose)))
    } catch {
      do {
        try await identities.delete(identity)
      } catch let second {
        throw CommandError(
          error.exitCode,
          "\(error.message) \(identity.rawID) was made and cannot be deleted: "
            + Failure(second).message)
      }
      throw error
    }
  }
}
