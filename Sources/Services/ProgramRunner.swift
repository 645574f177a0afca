/// Runs another program and reads what it prints.
public protocol ProgramRunner: Sendable {
  /// Runs `call` to its end; standard input is empty, the environment is this process's.
  ///
  /// Cancelling the task kills the program and what it started.
  ///
  /// - Returns: How it ended, whatever its exit code.
  /// - Throws: ``ProgramError`` when it did not start, or not end by itself.
  func run(_ call: ProgramCall) async throws(ProgramError) -> ProgramResult
}

/// A program and what it is told.
public struct ProgramCall: Hashable, Sendable {
  /// A path, or a name that is looked for in `PATH`.
  public var program: String
  /// What stands behind the name; no secrets, for everybody can list processes.
  public var arguments: [String]
  /// How long it may take; it is killed then.
  public var timeout: Duration

  /// A call.
  public init(_ program: String, _ arguments: [String], timeout: Duration) {
    self.program = program
    self.arguments = arguments
    self.timeout = timeout
  }
}

/// What a program left behind.
public struct ProgramResult: Hashable, Sendable {
  /// The exit code as a shell would tell it: 128 and the signal's number when one ended it.
  public var exitCode: Int32
  /// What it wrote to standard output; not to be shown, it may hold secrets.
  public var output: [UInt8]
  /// What it wrote to standard error.
  public var errorOutput: [UInt8]

  /// A result.
  public init(exitCode: Int32, output: [UInt8], errorOutput: [UInt8] = []) {
    self.exitCode = exitCode
    self.output = output
    self.errorOutput = errorOutput
  }
}

/// Why a program left nothing behind.
public struct ProgramError: Error, Hashable, Sendable {
  /// The broad kinds that a caller may act on.
  public enum Code: Hashable, Sendable {
    /// There is no program of this name.
    case notFound
    /// It is there, and cannot be started.
    case cannotStart
    /// The time allowed ran out.
    case timedOut
    /// It wrote more than is taken.
    case tooMuchOutput
    /// The task was cancelled.
    case cancelled
  }

  /// What kind of failure it is.
  public var code: Code
  /// What failed, for people.
  public var message: String

  /// An error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
