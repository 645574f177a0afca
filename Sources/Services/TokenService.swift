public import ACSTypes

/// Signs in and keeps the sign-in alive.
public protocol SignIn: Sendable {
  /// Fetches a first token, or a new one however long the old one lives; concurrent calls share one fetch.
  ///
  /// - Throws: `ServiceError` that says what failed at the token service.
  func renew() async throws -> Session
}

/// Is told each step of the token flow, from any thread.
public protocol TokenFlowObserver: Sendable {
  /// Records the beginning or the end of a step.
  func record(_ step: TokenFlowStep)
}

/// Is told, from any thread, what somebody has to do for the sign-in to go on.
public protocol SignInPrompter: Sendable {
  /// Shows `prompt` until the next call; `nil` when there is nothing to do any more.
  func show(_ prompt: SignInPrompt?)
}

/// Finds people by name through the trusted service.
public protocol Directory: Sendable {
  /// People whose name contains `text`; all known ones for an empty text. At most 50.
  ///
  /// - Throws: `ServiceError`.
  func people(matching text: String) async throws -> [Person]

  /// Those of a few people whom the trusted service knows; others may be among them.
  ///
  /// - Throws: `ServiceError`.
  func people(_ identifiers: [CommunicationIdentifier]) async throws -> [Person]
}
