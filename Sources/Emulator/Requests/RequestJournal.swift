import ACSTypes
import Synchronization

/// The newest requests, in memory; several threads write into it.
final class RequestJournal: Sendable {
  /// So many are remembered.
  private static let capacity = 1000

  private struct State {
    /// The records by their number modulo the capacity.
    var records: [RequestRecord] = []
    /// How many there were since the start.
    var count = 0
    /// How many of each hundred of statuses: 2 for 200 to 299.
    var byClass: [Int: Int] = [:]
  }

  private let state = Mutex(State())

  func add(_ record: RequestRecord) {
    state.withLock { state in
      let place = state.count % RequestJournal.capacity
      if place < state.records.count {
        state.records[place] = record
      } else {
        state.records.append(record)
      }
      state.count += 1
      state.byClass[record.status / 100, default: 0] += 1
    }
  }

  /// How many requests there were, and how many by the first digit of their status.
  var counts: (all: Int, byClass: [Int: Int]) {
    state.withLock { ($0.count, $0.byClass) }
  }

  /// The newest records after the one of a number, oldest first, each with its number, which counts from 1.
  func newest(_ limit: Int, after number: Int) -> [(number: Int, record: RequestRecord)] {
    state.withLock { state in
      let first = max(state.count - state.records.count, number, state.count - limit, 0)
      guard first < state.count else { return [] }
      return (first..<state.count).map { ($0 + 1, state.records[$0 % RequestJournal.capacity]) }
    }
  }
}

extension Emulator {
  /// Remembers a request for `confab emulator requests`.
  public func record(_ record: RequestRecord) { journal.add(record) }
}
