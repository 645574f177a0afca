/// A command line that cannot be followed.
///
/// Its reader typed it, so it says what is wrong and where help is.
public struct UsageError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, without the program's name: `unknown option '--prot'; did you mean '--port'?`.
  public var message: String
  /// The command as typed, subcommands included: `confab token fetch`.
  public var command: String

  /// An error of `command`.
  public init(_ message: String, command: String) {
    self.message = message
    self.command = command
  }

  /// Two lines for standard error: the message and where help is.
  public var description: String {
    "\(command): \(message)\nTry '\(command) --help'."
  }
}
