import ACSTypes
import ClientModel
import ClientRuntime
import KeyInput

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
  /// What waits in each client's outbox by names, and whether it failed.
  private var waiting: [String: [String: Bool]] = [:]
  /// What each save under way will have made durable.
  private var saves: [String: [EffectID: [HistoryChange]]] = [:]

  mutating func note(
    _ client: String, _ events: [Event], _ effects: [Effect], _ state: ClientState
  ) {
    let isByPerson = events.contains { if case .keyPressed = $0 { true } else { false } }
    var waits: [String: Bool] = [:]
    var new: Set<ChatMessageID> = []
    for thread in state.threads.entries {
      for entry in state.outbox[thread.thread.id] {
        waits[entry.record.clientID] = entry.isFailed
        guard places[entry.record.clientID] == nil else { continue }
        places[entry.record.clientID] = entries.count
        entries.append(Entry(client: client, record: entry.record, isByPerson: isByPerson))
        if let target = entry.target { new.insert(target) }
      }
    }
    for case .keyPressed(let press) in events {
      noteWithdrawn(client, waits, press, new, state)
    }
    waiting[client] = waits
    for case .finished(let id, let result) in events {
      guard let changes = saves[client]?.removeValue(forKey: id), result == .done else { continue }
      saved(changes)
    }
    for effect in effects {
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
    waiting[client] = nil
    for index in entries.indices
    where entries[index].client == client && !entries[index].isDurable && !entries[index].isSettled
    {
      entries[index].mayBeLost = true
    }
  }

  /// A key was pressed: what waits no longer was taken back, replaced, or forgotten with its thread.
  ///
  /// No other key may take anything out.
  private mutating func noteWithdrawn(
    _ client: String, _ waits: [String: Bool], _ press: KeyPress, _ new: Set<ChatMessageID>,
    _ state: ClientState
  ) {
    for (clientID, hasFailed) in waiting[client] ?? [:] where waits[clientID] == nil {
      guard let place = places[clientID] else { continue }
      let record = entries[place].record
      let isReplaced = record.intent.target.map(new.contains) ?? false
      let isForgotten = state.threads.entry(record.thread) == nil
      if isReplaced || isForgotten || (hasFailed && press == KeyPress(chord: "M-t")) {
        entries[place].isWithdrawn = true
      }
    }
  }

  /// True when something with `text` was ever asked for at a client.
  func has(_ text: String, of client: String) -> Bool {
    entries.contains { entry in
      guard entry.client == client else { return false }
      switch entry.record.intent {
      case .send(let sent): return sent.contains(text)
      case .edit(_, let edited): return edited.contains(text)
      case .delete: return false
      }
    }
  }

  subscript(clientID: String) -> Entry? { places[clientID].map { entries[$0] } }

  private mutating func saved(_ changes: [HistoryChange]) {
    for case .outbox(let record) in changes {
      if let place = places[record.clientID] { entries[place].isDurable = true }
    }
  }
}

extension OutboxRecord.Intent {
  /// The message to be changed; `nil` for one to be sent.
  var target: ChatMessageID? {
    switch self {
    case .send: nil
    case .edit(let message, _), .delete(let message): message
    }
  }
}
