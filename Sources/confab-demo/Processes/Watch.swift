import Executor
import Glibc

/// Where the main thread waits for signals, for its children and for other threads.
///
/// Make it before any other thread: from then on the signals that end a program, and those of children, are taken by a
/// thread of its own.
final class Watch: Sendable {
  /// The signals that children begin with blocked: those that were blocked before.
  let mask: sigset_t
  /// What ended this program from outside: the last one of SIGINT, SIGTERM and SIGHUP.
  private let interruption = Signal<Int32?>(nil)

  init() {
    let signals = SignalSet(SIGINT, SIGTERM, SIGHUP, SIGCHLD)
    mask = signals.block()
    PosixThread(name: "signals") { [interruption] in
      while true {
        let signal = signals.next()
        interruption.change { if signal != SIGCHLD { $0 = signal } }
      }
    }.detach()
  }

  /// Wakes the main thread, from any other, to look again.
  func wake() {
    interruption.change { _ in }
  }

  /// Waits until `body` gives a value.
  ///
  /// - Parameters:
  ///   - limit: How long at most.
  ///   - body: Is given the signal that wants this program to end, if one came; asked at once and after whatever
  ///     happened. It must not wait, nor use this watch.
  /// - Returns: `nil` when the time ran out first.
  func wait<Result>(upTo limit: Duration, _ body: (Int32?) -> Result?) -> Result? {
    interruption.wait(upTo: limit) { body($0) }
  }

  /// Waits as ``wait(upTo:_:)`` does, for as long as it takes.
  func wait<Result>(_ body: (Int32?) -> Result?) -> Result {
    interruption.wait { body($0) }
  }
}
