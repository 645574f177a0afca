public import ACSTypes
public import Services
import Synchronization

/// The time of a world, which passes only when the world says so, and what is to happen at which time.
///
/// Of two things due at the same moment the one asked for first comes first.
public final class VirtualClock: WallClock, Timer {
  private struct Appointment {
    let due: Timestamp
    let number: Int
    let body: @Sendable () -> Void
  }

  private struct State {
    var now: Timestamp
    var lastNumber = 0
    /// By time, the latest first, so that the next one is at the end.
    var appointments: [Appointment] = []
    var waiting: [Int: CheckedContinuation<Void, any Error>] = [:]
    var cancelled: Set<Int> = []
  }

  private let state: Mutex<State>

  /// A clock that stands at `start`.
  public init(_ start: Timestamp) {
    state = Mutex(State(now: start))
  }

  /// Where it stands.
  public var now: Timestamp { state.withLock { $0.now } }

  /// When the next thing is to happen; `nil` when nothing is.
  public var nextDeadline: Timestamp? { state.withLock { $0.appointments.last?.due } }

  /// Lets `body` happen after `delay`.
  ///
  /// - Returns: Its number, for ``cancel(_:)``.
  @discardableResult
  public func after(_ delay: Duration, _ body: @escaping @Sendable () -> Void) -> Int {
    state.withLock { state in
      state.lastNumber += 1
      let number = state.lastNumber
      let due = state.now + max(.zero, delay)
      let index = state.appointments.insertionIndex { ($0.due, $0.number) > (due, number) }
      state.appointments.insert(Appointment(due: due, number: number, body: body), at: index)
      return number
    }
  }

  /// Strikes an appointment out; one that was kept already changes nothing.
  public func cancel(_ number: Int) {
    state.withLock { $0.appointments.removeAll { $0.number == number } }
  }

  /// Forgets all that was to happen; who waits is told that the wait is over before its time.
  public func cancelAll() {
    let waiting = state.withLock { state in
      defer {
        state.appointments = []
        state.waiting = [:]
      }
      return state.waiting
    }
    for (_, continuation) in waiting.sorted(by: { $0.key < $1.key }) {
      continuation.resume(throwing: CancellationError())
    }
  }

  /// Moves to `moment`, which is never earlier, and does what is due by then.
  ///
  /// - Returns: How many things happened.
  @discardableResult
  public func advance(to moment: Timestamp) -> Int {
    state.withLock { state in
      precondition(moment >= state.now, "the clock of a world does not go back")
      state.now = moment
    }
    var count = 0
    while let body = nextDue() {
      body()
      count += 1
    }
    return count
  }

  private func nextDue() -> (@Sendable () -> Void)? {
    state.withLock { state in
      guard let next = state.appointments.last, next.due <= state.now else { return nil }
      return state.appointments.removeLast().body
    }
  }

  /// Returns when the world's time has come.
  public func wait(_ duration: Duration) async throws {
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isCancelled = state.withLock { state in
          let wasCancelled = state.cancelled.remove(number) != nil
          guard !wasCancelled, !Task.isCancelled else { return true }
          state.waiting[number] = continuation
          return false
        }
        guard !isCancelled else { return continuation.resume(throwing: CancellationError()) }
        after(duration) { [weak self] in self?.take(number)?.resume() }
      }
    } onCancel: {
      let continuation = take(number)
      if continuation == nil { _ = state.withLock { $0.cancelled.insert(number) } }
      continuation?.resume(throwing: CancellationError())
    }
  }

  private func take(_ number: Int) -> CheckedContinuation<Void, any Error>? {
    state.withLock { $0.waiting.removeValue(forKey: number) }
  }
}

extension Array {
  /// The first index whose element does not come before what is sought; `precedes` is true for those before it.
  fileprivate func insertionIndex(_ precedes: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if precedes(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
