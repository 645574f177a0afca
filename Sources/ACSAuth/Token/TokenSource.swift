public import ACSTypes

/// Where user access tokens come from.
///
/// It is asked by one task at a time.
public protocol TokenSource: Sendable {
  /// False for one that only has the token it was given: nothing is gained by asking it before that has ended.
  var isRenewable: Bool { get }

  /// Brings a token; nothing is retried.
  ///
  /// - Parameters:
  ///   - identity: Whose next token is wanted; `nil` for the first.
  ///   - mayPrompt: Whether somebody may be asked to do something for it.
  /// - Returns: A token, expired ones included.
  /// - Throws: `ServiceError`; with code `.signInNeeded` when somebody has to do something.
  func fetch(
    renewing identity: CommunicationIdentifier?, mayPrompt: Bool
  ) async throws -> UserAccessToken
}
