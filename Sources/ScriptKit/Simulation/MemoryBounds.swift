import ClientModel

/// How much of everything a client may have in memory; docs/simulator.md says the same.
struct MemoryBounds {
  /// How much one collection may have.
  enum Limit {
    /// So many, whatever there is.
    case fixed(Int)
    /// One for each person, each thread that anybody began, or so many for each thing asked for at most.
    case people, threads, intents
    /// So many for each thread, and some.
    case perThread(Int)
    /// So many for each thing that happened, and never more than a number.
    case activity(Int, most: Int)
  }

  /// How many people there are.
  let people: Int
  /// How many threads anybody began.
  let threads: Int
  /// How much the people of one client asked for, at the most.
  let intents: Int
  /// How many messages anybody sent, and how often anybody did anything.
  let activity: Int

  /// What is beyond its bound, and what has none.
  func check(_ state: ClientState) -> [String] {
    StateCensus(state).counts.sorted { $0.key < $1.key }.compactMap { path, count in
      guard let limit = Self.limits[path] else { return "\(path) has no bound (\(count))" }
      return count > number(limit) ? "\(path) has \(count), \(number(limit)) at the most" : nil
    }
  }

  private func number(_ limit: Limit) -> Int {
    switch limit {
    case .fixed(let number): number
    case .people: people
    case .threads: threads
    case .intents: intents
    case .perThread(let number): threads * number + 20
    case .activity(let times, let most): min(most, activity * times + 20)
    }
  }

  /// The bound of each collection that the state has, by its path.
  static let limits: [String: Limit] = [
    "calls.calls": .fixed(CallList.limit),
    "calls.choices": .people,
    "calls.ringing": .fixed(0),
    "composer.characters": .fixed(Composer.limit),
    "connection.behind.members": .threads,
    "connection.behind.order": .threads,
    "connection.followUps": .threads,
    "connection.holds.problems": .fixed(256),
    "connection.paces.closed": .perThread(3),
    "connection.paces.windows": .perThread(6),
    "connection.paces.windows[].moments": .fixed(190),
    "connection.refusals": .threads,
    "connection.typingThreads": .threads,
    "connection.unmet.members": .threads,
    "connection.unmet.order": .threads,
    "connection.waits.entries": .perThread(3),
    "connection.watch.told": .threads,
    "connection.watch.untold": .fixed(20),
    "contacts": .people,
    "conversations": .threads,
    "conversations[].coverage.stretches": .fixed(8),
    "conversations[].memberships": .people,
    "conversations[].messages": .activity(2, most: Conversation.window + 200),
    "conversations[].participants": .people,
    "conversations[].receipts": .people,
    "conversations[].typing": .people,
    "conversations[].unfinishedEdit.characters": .fixed(Composer.limit),
    "directoryNames": .people,
    "kept.windows": .threads,
    "ledger.entries": .perThread(6),
    "ledger.entries[].action.addParticipants": .fixed(1),
    "ledger.entries[].action.createThread.participants": .people,
    "ledger.entries[].action.namePeople": .people,
    "ledger.entries[].action.save": .activity(20, most: 5000),
    "newThread.chosen": .people,
    "newThread.found": .people,
    "newThread.search.characters": .fixed(Composer.limit),
    "newThread.topic.characters": .fixed(Composer.limit),
    "notices.waiting": .fixed(16),
    "outbox.queues": .threads,
    "outbox.queues[]": .intents,
    "outbox.settled.messages": .activity(1, most: 2048),
    "outbox.settled.order": .activity(1, most: 2048),
    "people.found": .people,
    "people.search.characters": .fixed(Composer.limit),
    "questions.met": .people,
    "questions.waiting": .people,
    "renaming.topic.characters": .fixed(Composer.limit),
    "search.hits": .activity(2, most: 1050),
    "search.query.characters": .fixed(Composer.limit),
    "session.session.scopes": .fixed(2),
    "threads.free": .threads,
    "threads.keys": .threads,
    "threads.order": .threads,
    "threads.slotOf": .threads,
    "threads.slots": .threads,
    "threads.slots[].unread.places": .activity(2, most: 2000),
    "tokenFlow.steps": .fixed(TokenFlow.limit),
    "tokenFlow.steps[].details": .fixed(50),
    "unsaved.changes": .activity(20, most: 50_000),
    "unsaved.threads": .threads,
  ]
}
