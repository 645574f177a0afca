import ACSClient
import ACSTypes
import ArgumentTable
import Services

/// The tour of the service's access-token quickstart: one identity, a token for calls, one for chat, and the identity's
/// end.
///
/// However the tour ends, the identity is deleted; only then is the error thrown that ended it.
struct Quickstart: Sendable {
  let resource: Resource
  let interruption: Interruption
  /// Lets time pass before a deletion is tried again.
  let timer: any Timer
  /// Shows the tokens themselves.
  let showsTokens: Bool
  /// Gets each part of the transcript as soon as it is true.
  let say: @Sendable (String) -> Void

  /// How long to wait before a deletion is tried for the second time, and so on.
  private static let pauses: [Duration] = [.seconds(1), .seconds(2)]
  /// How much longer the service may ask to wait, with somebody looking on.
  private static let longestPause = Duration.seconds(10)

  /// Walks the whole tour.
  ///
  /// - Throws: What ended it before its time, ``Interruption/Stopped`` included; when the identity could not be deleted
  ///   either, an ``CommandError`` that says so.
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
    do {
      try await delete(identity)
    } catch let error as ServiceError {
      let failure = Failure(error)
      throw CommandError(failure.exitCode, "\(failure.message) \(Quickstart.left(identity))")
    }
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
    try await deletePatiently(identity)
    say("\nSuccessfully deleted the identity with ID: \(identity.rawID)")
    guard try await isGone(identity) else {
      throw CommandError(
        .unavailable,
        "The service said that it deleted \(identity.rawID), and still knows it. `confab cleanup` "
          + "tries again.")
    }
    try resource.forget(identity)
    say("\nDeleted the identity with ID: \(identity.rawID)")
  }

  /// Deletes the identity, also when the service has some passing trouble.
  private func deletePatiently(_ identity: CommunicationIdentifier) async throws {
    var pauses = Quickstart.pauses[...]
    while true {
      let isFirst = pauses.count == Quickstart.pauses.count
      do {
        return try await resource.identities.delete(identity)
      } catch let error as ServiceError where error.isPassing {
        guard let pause = pauses.popFirst() else { throw error }
        try await timer.wait(max(pause, min(error.retryAfter ?? .zero, Quickstart.longestPause)))
      } catch let error as ServiceError where error.meansUnknownIdentity && !isFirst {
        // The deletion before was done after all; its answer got lost.
        return
      }
    }
  }

  /// Deletes the identity when something else went wrong already.
  private func delete(
    _ identity: CommunicationIdentifier, after cause: any Error
  ) async throws {
    do {
      try await delete(identity)
    } catch {
      let second = Failure(error)
      let left = Quickstart.left(identity)
      guard !(cause is Interruption.Stopped) else {
        throw CommandError(second.exitCode, "\(second.message) \(left)")
      }
      let first = Failure(cause)
      throw CommandError(first.exitCode, "\(first.message) Then: \(second.message) \(left)")
    }
  }

  private static func left(_ identity: CommunicationIdentifier) -> String {
    "\(identity.rawID) may still be there; `confab cleanup` deletes it."
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
