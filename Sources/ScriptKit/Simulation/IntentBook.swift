import ACSTypes
import ClientModel
import ClientRuntime

/// What people asked for and what became of it, told by what their clients save.
struct IntentBook {
  /// Something asked for.
  struct Entry {
    let client: String
    let record: OutboxRecord
    /// True once it was on the disk, so that a kill must not lose it.
    var isDurable = false
    /// True once the client held it for settled.
    var isSettled = false
    /// True when it failed and the person took it back, or replaced it by a later change.
    var isWithdrawn = false
    /// True when its client was killed before it was on the disk.
    var mayBeLost = false
    /// True when the person asked for it, false when the client did of its own.
    let isByPerson: Bool
  }

  /// All of them, in the order in which they were asked for.
  private(set) var entries: [Entry] = []
  private var places: [String: Int] = [:]
  /// What each save under way will have made durable.
  private var saves: [String: [EffectID: [HistoryChange]]] = [:]

  mutating func note(
    _ client: String, _ events: [Event], _ outcome: ClientLoop.Outcome, _ state: ClientState
  ) {
    let isByPerson = events.contains { if case .keyPressed = $0 { true } else { false } }
    for thread in state.threads.entries {
      for entry in state.outbox[thread.thread.id] where places[entry.record.clientID] == nil {
        places[entry.record.clientID] = entries.count
        entries.append(Entry(client: client, record: entry.record, isByPerson: isByPerson))
      }
    }
    for case .finished(let id, let result) in events {
      guard let changes = saves[client]?.removeValue(forKey: id), result == .done else { continue }
      saved(changes)
    }
    for effect in outcome.effects {
      guard case .save(let changes) = effect.action else { continue }
      saves[client, default: [:]][effect.id] = changes
      for case .outboxSettled(let clientID) in changes {
        if let place = places[clientID] { entries[place].isSettled = true }
      }
    }
  }

  /// A client was killed: what was on its way to the disk may be lost.
  mutating func killed(_ client: String) {
    saves[client] = nil
    for index in entries.indices
    where entries[index].client == client && !entries[index].isDurable && !entries[index].isSettled
    {
      entries[index].mayBeLost = true
    }
  }

  /// The newest failed change of `client` is being taken back.
  mutating func withdrawn(_ clientID: String) {
    if let place = places[clientID] { entries[place].isWithdrawn = true }
  }

  subscript(clientID: String) -> Entry? { places[clientID].map { entries[$0] } }

  private mutating func saved(_ changes: [HistoryChange]) {
    for case .outbox(let record) in changes {
      if let place = places[record.clientID] { entries[place].isDurable = true }
    }
  }
}
