import Executor
import Glibc

/// Until when each connection has to have sent the whole head of its next request.
///
/// libmicrohttpd ends a connection that is silent, but waits for ever for one that sends a byte now and then. A thread
/// looks after them, asleep until the earliest deadline and only while there are connections.
final class HeadDeadlines: Sendable {
  private struct State {
    var deadlines: [Int32: ContinuousClock.Instant] = [:]
    var hasThread = false
    var isStopped = false
  }

  private let state = Signal(State())
  private let limit: Duration
  private let idle: Duration

  /// - Parameters:
  ///   - limit: For a head, from its first byte on.
  ///   - idle: How long a connection may be silent between two requests.
  init(limit: Duration, idle: Duration) {
    self.limit = limit
    self.idle = idle
  }

  /// A connection was opened: its first head is on its way.
  func opened(_ descriptor: Int32) { expect(descriptor, within: limit) }

  /// A connection is done with a request: another may follow.
  func answered(_ descriptor: Int32) { expect(descriptor, within: idle + limit) }

  /// A head is there, or the connection is about to be closed; its descriptor means something else from then on.
  func settled(_ descriptor: Int32) {
    state.withLock { $0.deadlines[descriptor] = nil }
  }

  /// Ends the thread.
  func stop() {
    state.change { state in
      state.isStopped = true
      state.deadlines = [:]
    }
  }

  private func expect(_ descriptor: Int32, within span: Duration) {
    guard descriptor >= 0 else { return }
    let deadline = ContinuousClock.now + span
    let needsThread = state.withLock { state in
      guard !state.isStopped else { return false }
      state.deadlines[descriptor] = deadline
      defer { state.hasThread = true }
      return !state.hasThread
    }
    if needsThread { PosixThread(name: "head deadlines") { self.watch() }.detach() }
  }

  private func watch() {
    while let pause = endLate() {
      _ = state.wait(upTo: pause) { $0.isStopped ? true : nil }
    }
  }

  /// Ends the connections whose time is up.
  ///
  /// - Returns: How long to sleep; `nil` when nothing is left to look after.
  private func endLate() -> Duration? {
    state.withLock { state in
      let now = ContinuousClock.now
      for (descriptor, deadline) in state.deadlines where deadline <= now {
        // Under the lock: until `settled`, nobody closes the descriptor. libmicrohttpd finds the connection at its end.
        shutdown(descriptor, Int32(SHUT_RDWR))
        state.deadlines[descriptor] = nil
      }
      guard let next = state.deadlines.values.min(), !state.isStopped else {
        state.hasThread = false
        return nil
      }
      return next - now
    }
  }
}
