import ArgumentTable

/// Why there is no demo, or no longer.
struct DemoError: Error, Equatable {
  /// What the program ends with.
  var exitCode: Int32
  /// What failed and what to do, for people; empty when they know.
  var message: String

  /// A failure that keeps its code.
  init(exitCode: Int32, message: String) {
    self.exitCode = exitCode
    self.message = message
  }

  /// A failure with its message.
  init(_ code: ExitCode, _ message: String) {
    exitCode = code.rawValue
    self.message = message
  }

  /// Somebody ended the demo by a signal; the code is the shells' for it.
  init(interruptedBy signal: Int32) {
    exitCode = 128 + signal
    message = ""
  }
}
