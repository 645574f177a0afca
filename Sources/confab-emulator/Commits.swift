import Emulator
import Executor

/// The thread that waits for the disk, so that none which serves requests does.
///
/// While it waits, more requests come, which it brings to the disk together the next time.
final class Commits: Sendable {
  private struct State {
    var isWanted = false
    var isStopping = false
  }

  private let state = Signal(State())
  private let thread: PosixThread

  /// Starts to commit what `emulator` writes.
  init(emulator: Emulator) {
    let state = state
    thread = PosixThread(name: "commits") {
      while Commits.waits(for: state) { emulator.commit() }
    }
    emulator.whenWritesWait { state.changeOne { $0.isWanted = true } }
  }

  /// Ends the thread once nothing waits.
  func stop() {
    state.change { $0.isStopping = true }
    thread.join()
  }

  /// Sleeps until there is something to commit.
  ///
  /// - Returns: False when there is nothing and it is time to stop.
  private static func waits(for state: Signal<State>) -> Bool {
    state.wait { state -> Bool? in
      defer { state.isWanted = false }
      return state.isWanted ? true : state.isStopping ? false : nil
    }
  }
}
