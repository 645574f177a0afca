public import Glibc

/// Signals that a program takes in its own time, on a thread that waits for them, so that no handler runs anywhere.
public struct SignalSet: Sendable {
  /// What asks a program to end: SIGINT, SIGTERM and SIGHUP.
  public static let ending = SignalSet(SIGINT, SIGTERM, SIGHUP)

  private let set: sigset_t

  /// A set of signals, by their numbers.
  public init(_ signals: Int32...) {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    self.set = set
  }

  /// Holds them back in this thread and in those that it starts from now on; call it before any other thread is started.
  ///
  /// - Returns: What was held back before.
  @discardableResult
  public func block() -> sigset_t {
    var set = set
    var before = sigset_t()
    pthread_sigmask(SIG_BLOCK, &set, &before)
    return before
  }

  /// Holds them back in this thread no longer.
  public func unblock() {
    var set = set
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  /// Waits until one of them comes, and takes it; they must be blocked in every thread.
  public func next() -> Int32 {
    var set = set
    var signal: Int32 = 0
    while sigwait(&set, &signal) != 0 {}
    return signal
  }
}
