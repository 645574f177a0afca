import ACSTypes
import Executor
import TrustedService

/// Tells the service when one of its times has come; asleep until then.
final class Ticker: Sendable {
  private struct State {
    var news = 0
    var isStopping = false
  }

  private let state = Signal(State())
  private let service: TrustedService
  private let executor: PosixExecutor
  private let clock: SystemClock

  init(service: TrustedService, executor: PosixExecutor, clock: SystemClock) {
    self.service = service
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
      let deadline = service.nextDeadline
      if let deadline, deadline <= clock.now {
        let service = service
        executor.run { await service.tick() }
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
