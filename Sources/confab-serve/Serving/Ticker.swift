import ACSTypes
import Executor

/// Has something done whenever one of its times has come; asleep until then.
final class Ticker: Sendable {
  private struct State {
    var news = 0
    var isStopping = false
  }

  private let state = Signal(State())
  private let nextDeadline: @Sendable () -> Timestamp?
  private let tick: @Sendable () async -> Void
  private let executor: PosixExecutor
  private let clock: SystemClock

  init(
    executor: PosixExecutor, clock: SystemClock,
    nextDeadline: @escaping @Sendable () -> Timestamp?,
    tick: @escaping @Sendable () async -> Void
  ) {
    self.nextDeadline = nextDeadline
    self.tick = tick
    self.executor = executor
    self.clock = clock
  }

  func start() {
    PosixThread(name: "ticker") { self.run() }.detach()
  }

  func stop() {
    state.change { $0.isStopping = true }
  }

  /// Something happened that may have set a time.
  func look() {
    state.change { $0.news += 1 }
  }

  private func run() {
    while true {
      let (seen, isOver) = state.withLock { ($0.news, $0.isStopping) }
      if isOver { return }
      let deadline = nextDeadline()
      if let deadline, deadline <= clock.now {
        executor.run(tick)
        continue
      }
      let body: (inout State) -> Void? = { $0.news != seen || $0.isStopping ? () : nil }
      if let deadline {
        state.wait(upTo: max(.milliseconds(1), deadline - clock.now), body)
      } else {
        state.wait(body)
      }
    }
  }
}
