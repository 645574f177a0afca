public import Services
public import ACSTypes
import Synchronization

/// A timer whose waits end when a test moves its clock that far, in the order of their ends.
public final class SteppedTimer: Timer {
  private struct Wait {
    let number: Int
    let end: Timestamp
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var waits: [Wait] = []
    var lastNumber = 0
    var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let clock: ManualClock
  private let state = Mutex(State())

  /// Waits on `clock`, which only ``advance(by:)`` moves.
  public init(_ clock: ManualClock) {
    self.clock = clock
  }

  /// Waits until the test has moved the clock by `duration`.
  public func wait(_ duration: Duration) async throws {
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let watchers = state.withLock { state -> [CheckedContinuation<Void, Never>]? in
          guard !Task.isCancelled else { return nil }
          let end = clock.now + max(.zero, duration)
          state.waits.append(Wait(number: number, end: end, continuation: continuation))
          let count = state.waits.count
          defer { state.watchers.removeAll { $0.count <= count } }
          return state.watchers.filter { $0.count <= count }.map(\.continuation)
        }
        guard let watchers else { return continuation.resume(throwing: CancellationError()) }
        for watcher in watchers { watcher.resume() }
      }
    } onCancel: {
      let wait = state.withLock { state -> Wait? in
        guard let index = state.waits.firstIndex(where: { $0.number == number }) else { return nil }
        return state.waits.remove(at: index)
      }
      wait?.continuation.resume(throwing: CancellationError())
    }
  }

  /// When the next wait ends; `nil` while nobody waits.
  public var nextEnd: Timestamp? { state.withLock { $0.waits.map(\.end).min() } }

  /// Returns once `count` tasks wait.
  public func waiting(_ count: Int = 1) async {
    await withCheckedContinuation { continuation in
      let isMet = state.withLock { state in
        guard state.waits.count < count else { return true }
        state.watchers.append((count, continuation))
        return false
      }
      if isMet { continuation.resume() }
    }
  }

  /// Moves the clock on, and ends the waits that are over then; those that begin meanwhile stay.
  public func advance(by step: Duration) {
    clock.advance(by: step)
    let now = clock.now
    let ended = state.withLock { state in
      let ended = state.waits.filter { $0.end <= now }.sorted { $0.end < $1.end }
      state.waits.removeAll { $0.end <= now }
      return ended
    }
    for wait in ended { wait.continuation.resume() }
  }
}
