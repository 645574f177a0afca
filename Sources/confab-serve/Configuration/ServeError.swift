import ArgumentTable

/// Why the program cannot do what it was asked to.
struct ServeError: Error {
  /// How the program ends for it.
  let exitCode: ExitCode
  /// What is wrong and what to do.
  let message: String

  init(_ exitCode: ExitCode, _ message: String) {
    self.exitCode = exitCode
    self.message = message
  }
}
