/// Why a command could not do what was asked, in words of its own, and how the program ends for it.
public struct CommandError: Error, Hashable, Sendable {
  /// The program's exit code.
  public let exitCode: ExitCode
  /// What is wrong and what to do, for people; no secrets.
  public let message: String

  /// An error.
  public init(_ exitCode: ExitCode, _ message: String) {
    self.exitCode = exitCode
    self.message = message
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
  /// The service asks to come again later.
  case tryLater = 75
  /// Signed in as nobody, or not allowed to.
  case notPermitted = 77
  /// The configuration has an error.
  case configuration = 78
}
