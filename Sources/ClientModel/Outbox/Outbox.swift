public import ACSTypes

/// All that is not yet acknowledged, in the order in which it was asked for, thread by thread.
public struct Outbox: Hashable, Sendable {
  private var queues: [ChatThreadID: [OutboxEntry]] = [:]
  /// Messages of ours that are at the service.
  var settled = SettledMessages()

  /// An empty one.
  public init() {}

  /// What waits in a thread, oldest first.
  public subscript(thread: ChatThreadID) -> [OutboxEntry] { queues[thread] ?? [] }

  /// How many wait, those that failed aside.
  public var waitingCount: Int {
    queues.values.reduce(0) { $0 + $1.count { !$0.isFailed } }
  }

  /// The threads in which something waits, in the order of their ids.
  var threads: [ChatThreadID] {
    queues.keys.sorted { $0.rawValue < $1.rawValue }
  }

  /// When an entry is to be taken up again that nothing else moves.
  var nextDue: Timestamp? {
    queues.values.lazy.compactMap { queue in
      queue.first { !$0.isFailed }.flatMap { $0.isUnderWay || !$0.isKept ? nil : $0.dueOn }
    }.min()
  }

  /// Nothing is kept any more: what waited for the disk waits for it no longer.
  mutating func releaseAll() {
    for thread in queues.keys {
      for index in (queues[thread] ?? []).indices { queues[thread]?[index].isKept = true }
    }
  }

  mutating func append(_ entry: OutboxEntry) {
    queues[entry.record.thread, default: []].append(entry)
  }

  mutating func remove(_ clientID: String, in thread: ChatThreadID) -> OutboxEntry? {
    guard let index = queues[thread]?.firstIndex(where: { $0.record.clientID == clientID }),
      let entry = queues[thread]?.remove(at: index)
    else { return nil }
    if queues[thread]?.isEmpty ?? false { queues[thread] = nil }
    return entry
  }

  /// Changes an entry; gives it as it is then.
  @discardableResult
  mutating func change(
    _ clientID: String, in thread: ChatThreadID, _ body: (inout OutboxEntry) -> Void
  ) -> OutboxEntry? {
    guard let index = queues[thread]?.firstIndex(where: { $0.record.clientID == clientID }) else {
      return nil
    }
    queues[thread]?[index].apply(body)
    return queues[thread]?[index]
  }

  /// Hashes what waits.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(queues)
  }
}

extension OutboxEntry {
  fileprivate mutating func apply(_ change: (inout OutboxEntry) -> Void) { change(&self) }
}
