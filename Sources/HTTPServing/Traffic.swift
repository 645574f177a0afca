import Executor

/// What is under way in a server: requests, and the tasks that answer them or own WebSockets.
final class Traffic: Sendable {
  private struct State {
    /// After the server began to stop.
    var isStopping = false
    /// After the time for tasks ran out: none starts any more.
    var isClosed = false
    /// Requests that came and were not wholly answered.
    var exchanges = 0
    /// Tasks by number, owned until they end.
    var tasks: [UInt64: Task<Void, Never>] = [:]
    /// Answers that are owed, by the task's number where it is a task that owes it.
    var replies: [UInt64: PendingReply] = [:]
    var lastNumber: UInt64 = 0
  }

  private let executor: PosixExecutor
  private let state = Signal(State())

  init(executor: PosixExecutor) {
    self.executor = executor
  }

  /// True once the server stops; answers then end their connection.
  var isStopping: Bool { state.withLock { $0.isStopping } }

  /// A request came.
  func exchangeBegan() { state.withLock { $0.exchanges += 1 } }

  /// A request was answered, became a WebSocket, or its connection broke.
  func exchangeEnded() { state.change { $0.exchanges -= 1 } }

  /// Starts a task that the server owns; `reply` is what it owes, if anything.
  func start(owing reply: PendingReply? = nil, _ operation: @escaping @Sendable () async -> Void) {
    let isClosed = state.withLock { state in
      if state.isClosed { return true }
      state.lastNumber += 1
      let number = state.lastNumber
      state.replies[number] = reply
      state.tasks[number] = Task(executorPreference: executor) {
        await operation()
        self.taskEnded(number)
      }
      return false
    }
    if isClosed { reply?.giveUp() }
  }

  /// Notes an answer that is owed, not by a task.
  ///
  /// - Returns: The debt's number; `nil` after the server stopped, when the answer was given.
  func owe(_ reply: PendingReply) -> UInt64? {
    let number = state.withLock { state -> UInt64? in
      guard !state.isClosed else { return nil }
      state.lastNumber += 1
      state.replies[state.lastNumber] = reply
      return state.lastNumber
    }
    if number == nil { reply.giveUp() }
    return number
  }

  /// An answer that was owed is there.
  func paid(_ number: UInt64) { state.withLock { $0.replies[number] = nil } }

  private func taskEnded(_ number: UInt64) {
    state.change { state in
      state.tasks[number] = nil
      state.replies[number] = nil
    }
  }

  // MARK: Stopping

  func beginStop() { state.change { $0.isStopping = true } }

  /// Waits until no request and no task is left.
  ///
  /// - Returns: False when `limit` ran out first.
  func waitForEnd(upTo limit: Duration) -> Bool {
    state.wait(upTo: limit) { $0.exchanges == 0 && $0.tasks.isEmpty ? true : nil } ?? false
  }

  /// Waits until no request is left, whatever the tasks do.
  ///
  /// - Returns: False when `limit` ran out first.
  func waitForAnswers(upTo limit: Duration) -> Bool {
    state.wait(upTo: limit) { $0.exchanges == 0 ? true : nil } ?? false
  }

  /// Waits until ``close()``.
  ///
  /// - Returns: False when `limit` ran out first.
  func waitUntilClosed(upTo limit: Duration) -> Bool {
    state.wait(upTo: limit) { $0.isClosed ? true : nil } ?? false
  }

  /// Cancels every task.
  func cancelAll() {
    for task in state.withLock({ Array($0.tasks.values) }) { task.cancel() }
  }

  /// Lets no task start any more, and answers what tasks still owe with 503.
  func close() {
    let replies = state.change { state in
      state.isClosed = true
      return Array(state.replies.values)
    }
    for reply in replies { reply.giveUp() }
  }
}
