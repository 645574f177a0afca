import ACSTypes

/// Threads by when they were used last; to note a use costs the same however many there are.
struct RecentThreads: Hashable, Sendable {
  /// One of the threads, and the number of its last use.
  typealias Use = (id: ChatThreadID, number: Int)

  private var uses: [ChatThreadID: Int] = [:]
  private var last = 0

  /// How many there are.
  var count: Int { uses.count }

  /// The threads, used longest ago first.
  var ids: [ChatThreadID] { uses.sorted { $0.value < $1.value }.map(\.key) }

  /// A thread is used now.
  mutating func note(_ id: ChatThreadID) {
    last += 1
    uses[id] = last
  }

  /// The thread that was used longest ago, of those whose last use came after number `passed`.
  func oldest(after passed: Int) -> Use? {
    var oldest: Use?
    for (id, number) in uses where number > passed && number < oldest?.number ?? .max {
      oldest = (id, number)
    }
    return oldest
  }

  /// Leaves a thread out.
  mutating func remove(_ id: ChatThreadID) { uses[id] = nil }
}

/// So that a dump shows them in their order.
extension RecentThreads: CustomReflectable {
  var customMirror: Mirror {
    Mirror(self, unlabeledChildren: ids, displayStyle: .collection)
  }
}
