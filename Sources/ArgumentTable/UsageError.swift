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

/// How a program ends: the numbers of sysexits.h that Confab uses.
public enum ExitCode: Int32, Sendable {
  /// All that was asked for is done.
  case done = 0
  /// The command line cannot be followed.
  case usage = 64
  /// The input is not what it should be.
  case badData = 65
  /// A service that is needed does not answer.
  case unavailable = 69
  /// A bug of ours, or the system refused what it should not.
  case `internal` = 70
  /// Signed in as nobody, or not allowed to.
  case notPermitted = 77
  /// The configuration has an error.
  case configuration = 78
}
