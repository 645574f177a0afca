import ACSTypes
import Synchronization

/// The faults that are switched on, in the order in which they were.
///
/// While there are none, asking costs a look at a number.
final class FaultTable: Sendable {
  /// As many as may be on at the same time.
  static let capacity = 1000

  private struct State {
    var faults: [Fault] = []
    var lastNumber = 0
  }

  private let state = Mutex(State())
  private let count = Atomic<Int>(0)

  /// Switches a fault on.
  ///
  /// - Returns: The fault with its id; `nil` when there are too many.
  func add(_ fault: Fault) -> Fault? {
    state.withLock { state in
      guard state.faults.count < FaultTable.capacity else { return nil }
      var fault = fault
      fault.id = FaultTable.nextID(&state)
      fault.dice = FaultDice(seed: fault.seed)
      state.faults.append(fault)
      count.store(state.faults.count, ordering: .releasing)
      return fault
    }
  }

  /// An id for a fault that is over as soon as it happened.
  func newID() -> String { state.withLock { FaultTable.nextID(&$0) } }

  /// Those that are not over at `now`.
  func all(now: Timestamp) -> [Fault] {
    state.withLock { state in
      removeOver(&state, now: now)
      return state.faults
    }
  }

  /// Switches one off, or all for `nil`.
  ///
  /// - Returns: How many it were.
  func remove(_ id: String? = nil) -> Int {
    state.withLock { state in
      let before = state.faults.count
      state.faults.removeAll { id == nil || $0.id == id }
      count.store(state.faults.count, ordering: .releasing)
      return before - state.faults.count
    }
  }

  /// The first fault that `fits` and strikes, which is then used once more.
  func take(now: Timestamp, where fits: (Fault) -> Bool) -> Fault? {
    guard count.load(ordering: .acquiring) > 0 else { return nil }
    return state.withLock { state in
      removeOver(&state, now: now)
      for place in state.faults.indices where fits(state.faults[place]) {
        let share = state.faults[place].share
        guard state.faults[place].dice.strikes(share) else { continue }
        state.faults[place].hits += 1
        let fault = state.faults[place]
        if let remaining = fault.remaining {
          state.faults[place].remaining = remaining - 1
          if remaining <= 1 { state.faults.remove(at: place) }
          count.store(state.faults.count, ordering: .releasing)
        }
        return fault
      }
      return nil
    }
  }

  private func removeOver(_ state: inout State, now: Timestamp) {
    state.faults.removeAll { fault in fault.until.map { $0 <= now } ?? false }
    count.store(state.faults.count, ordering: .releasing)
  }

  private static func nextID(_ state: inout State) -> String {
    state.lastNumber += 1
    return "f\(state.lastNumber)"
  }
}
