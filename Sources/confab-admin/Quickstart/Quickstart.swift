import ACSClient
import ACSTypes
import ArgumentTable

/// The tour of the service's access-token quickstart: one identity, a token for calls, one for chat, and the identity's
/// end.
///
/// However the tour ends, the identity is deleted; only then is the error thrown that ended it.
struct Quickstart: Sendable {
  let resource: Resource
  let interruption: Interruption
  /// Shows the tokens themselves.
  let showsTokens: Bool
  /// Gets each part of the transcript as soon as it is true.
  let say: @Sendable (String) -> Void

  /// Walks the whole tour.
  ///
  /// - Throws: What ended it before its time, ``Interruption/Stopped`` included; when the identity could not be deleted
  ///   either, an ``AdminError`` that says so.
  func run() async throws -> QuickstartRecord {
    say("Azure Communication Services - Access Tokens Quickstart")
    guard interruption.signal == nil else { throw Interruption.Stopped() }
    // A signal does not stop this: an answer that nobody reads would leave an identity that nobody knows.
    let identity = try await resource.createIdentity(for: "quickstart")
    var tokens: [QuickstartRecord.Issued] = []
    do {
      for scope in [TokenScope.voip, .chat] {
        let token = try await issue(scope, to: identity)
        tokens.append(QuickstartRecord.Issued(scope: scope, token: token))
      }
    } catch {
      try await delete(identity, after: error)
      throw error
    }
    try await delete(identity)
    return QuickstartRecord(identity: identity, tokens: tokens)
  }

  private func issue(
    _ scope: TokenScope, to identity: CommunicationIdentifier
  ) async throws -> UserAccessToken {
    let resource = resource
    let token = try await interruption.stoppable {
      try await resource.identities.issueToken(for: identity, scopes: [scope])
    }
    say(
      """

      Issued a access token with '\(scope.rawValue)' scope for identity with ID: \(identity.rawID):
      \(showsTokens ? token.token.reveal() : token.token.description)
      """)
    return token
  }

  /// Deletes the identity, then makes sure that the service has forgotten it.
  private func delete(_ identity: CommunicationIdentifier) async throws {
    try await resource.identities.delete(identity)
    say("\nSuccessfully deleted the identity with ID: \(identity.rawID)")
    guard try await isGone(identity) else {
      throw AdminError(
        .unavailable,
        "The service said that it deleted \(identity.rawID), and still knows it. `confab cleanup` "
          + "tries again.")
    }
    try resource.forget(identity)
    say("\nDeleted the identity with ID: \(identity.rawID)")
  }

  /// Deletes the identity when something else went wrong already.
  private func delete(
    _ identity: CommunicationIdentifier, after cause: any Error
  ) async throws {
    do {
      try await delete(identity)
    } catch {
      let second = Failure(error)
      let left = "\(identity.rawID) may still be there; `confab cleanup` deletes it."
      guard !(cause is Interruption.Stopped) else {
        throw AdminError(second.exitCode, "\(second.message) \(left)")
      }
      let first = Failure(cause)
      throw AdminError(first.exitCode, "\(first.message) Then: \(second.message) \(left)")
    }
  }

  /// Revoking changes nothing for an identity that is there, and is refused for one that is not.
  private func isGone(_ identity: CommunicationIdentifier) async throws -> Bool {
    do {
      try await resource.identities.revokeTokens(of: identity)
      return false
    } catch let error as ServiceError where error.meansUnknownIdentity {
      return true
    }
  }
}
