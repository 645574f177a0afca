/// Why a server program cannot run, in words for standard error.
public struct ServerProgramError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and what to do.
  public var message: String

  /// An error.
  public init(_ message: String) {
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
