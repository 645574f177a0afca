import ACSTypes

/// Readings that may not go yet and are not forgotten.
struct WaitingReads: Hashable, Sendable {
  enum Reading: Hashable, Sendable {
    case people(ChatThreadID)
    case receipts(ChatThreadID)

    fileprivate var thread: ChatThreadID {
      switch self {
      case .people(let id), .receipts(let id): id
      }
    }
  }

  private struct Entry: Hashable, Sendable {
    var reading: Reading
    var dueOn: Timestamp
  }

  /// In the order in which they were asked for; few, for those of a thread go when it is left.
  private var entries: [Entry] = []

  /// When the first may go.
  var next: Timestamp? { entries.map(\.dueOn).min() }

  mutating func wait(_ reading: Reading, until due: Timestamp) {
    entries.removeAll { $0.reading == reading }
    entries.append(Entry(reading: reading, dueOn: due))
  }

  /// Nobody waits for what a thread has any more.
  mutating func forget(_ id: ChatThreadID) {
    entries.removeAll { $0.reading.thread == id }
  }

  /// Takes out those that may go now.
  mutating func takeDue(at now: Timestamp) -> [Reading] {
    guard let next, next <= now else { return [] }
    let due = entries.filter { $0.dueOn <= now }.map(\.reading)
    entries.removeAll { $0.dueOn <= now }
    return due
  }
}
