public import ACSTypes

/// Proves to a token service who the user is.
///
/// It is asked by one task at a time.
public protocol TokenServiceLogin: Sendable {
  /// What the proof is, in words, without secrets: `the environment variable TOKEN`.
  var words: String { get }

  /// The header field that proves it.
  ///
  /// - Parameter mayPrompt: Whether somebody may be asked to do something; else a proof is at hand, or there is an error.
  /// - Returns: A field to be sent as it is.
  /// - Throws: `ServiceError`; with code `.signInNeeded` when somebody has to do something.
  func proof(mayPrompt: Bool) async throws -> LoginProof

  /// The token service answered 401 to `proof`: the next one must be another, if there is any.
  func refused(_ proof: LoginProof) async
}

/// A header field that proves who the user is.
public struct LoginProof: Hashable, Sendable {
  /// The field's name.
  public var name: String
  /// The field's value.
  public var value: Secret

  /// A field.
  public init(name: String, value: Secret) {
    self.name = name
    self.value = value
  }
}
