public import ACSTypes

/// Reads secrets that the user keeps on this machine.
public protocol LocalSecretReader: Sendable {
  /// The value of a variable of this process; `nil` when it is not set or empty.
  func environment(_ name: String) -> Secret?

  /// The text of a file without blanks around it.
  ///
  /// - Throws: `ServiceError` with code `.badSettings` when it cannot be read or others could read it, too.
  func file(_ path: String) throws -> Secret
}

/// Keeps secrets from run to run, each under a name, where only their owner can read them.
public protocol SecretStore: Sendable {
  /// The secret kept under `name`; `nil` when there is none.
  ///
  /// - Throws: `ServiceError` with code `.badSettings` when it cannot be read or others could read it, too.
  func read(_ name: String) throws -> Secret?

  /// Keeps a secret in the place of the one before it, in one stroke.
  ///
  /// - Throws: `ServiceError` with code `.badSettings` when it cannot be kept; the one before it stays then.
  func write(_ secret: Secret, as name: String) throws

  /// Forgets a secret.
  ///
  /// - Returns: False when there was none.
  /// - Throws: `ServiceError` with code `.badSettings` when it cannot be forgotten.
  func remove(_ name: String) throws -> Bool

  /// Where the secret is, for messages.
  func place(of name: String) -> String
}
