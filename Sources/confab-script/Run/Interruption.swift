import Executor
import ScriptKit

/// What is tidied up when somebody ends the program in the middle of scenes: folders, in which secrets may lie.
enum Interruption {
  private static let isEnding = Signal(false)

  /// Watches for signals that end the program; call it before any other thread is started.
  static func watch() {
    SignalSet.ending.block()
    PosixThread(name: "signals") {
      let signal = SignalSet.ending.next()
      isEnding.change { $0 = true }
      ScratchFolder.removeAll()
      ProgramEnd.leave(by: signal)
    }.detach()
  }

  /// Never returns once the program ends: what a scene does and finds then, without its files, is of no account.
  static func waitForEndIfInterrupted() {
    isEnding.wait { $0 ? nil : () }
  }
}
