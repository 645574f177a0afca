public import ACSTypes

/// What is to be kept on this machine and is not there yet.
public struct UnsavedHistory: Hashable, Sendable {
  /// How many changes are gathered at most while the disk takes none.
  static let limit = 50_000

  /// The changes, oldest first.
  public internal(set) var changes: [HistoryChange] = []
  /// Threads of which something but the messages changed.
  var threads: Set<ChatThreadID> = []
  /// When saving is tried again after it failed.
  var retryOn: Timestamp?
  /// True while a save is under way; its order would be lost with two.
  var isSaving = false

  /// Nothing to be kept.
  public init() {}
}

extension ClientState {
  /// Keeps a change; it is saved when the turn ends.
  mutating func keep(_ change: HistoryChange) {
    guard keepsHistory else { return }
    unsaved.changes.append(change)
    // Messages can be read again; what the person wrote cannot.
    if unsaved.changes.count > UnsavedHistory.limit { dropUnsavedMessages() }
  }

  /// Lets go of messages that wait for the disk; the next start reads their threads again.
  private mutating func dropUnsavedMessages() {
    for case .messages(let id, _) in unsaved.changes {
      conversations[id]?.isKeptWhole = false
      unsaved.threads.insert(id)
    }
    unsaved.changes.removeAll { if case .messages = $0 { true } else { false } }
  }

  /// Keeps what is known of a thread but its messages.
  mutating func keepThread(_ id: ChatThreadID) {
    if keepsHistory { unsaved.threads.insert(id) }
  }

  /// What is kept of a thread but its messages; of those sent before `oldest` none is.
  private func storedThread(_ id: ChatThreadID, since oldest: Timestamp?) -> StoredThread? {
    guard let entry = threads.entry(id) else { return nil }
    var stored = StoredThread(
      thread: entry.thread, standing: entry.standing, removedBy: entry.removedBy,
      isPinned: entry.isPinned,
      isMuted: entry.isMuted, seenUpTo: entry.seenUpTo.milliseconds,
      unreadCount: entry.unreadCount, countedUpTo: entry.unread.countedUpTo,
      unreadPlaces: entry.unread.places, hasMoreUnread: entry.unread.hasMore, draft: draft(of: id))
    conversations[id]?.describe(in: &stored)
    if let oldest { stored.historyWasCut(upTo: oldest.milliseconds - 1) }
    return stored
  }

  /// Puts what is not on the disk yet among messages that were read from it.
  mutating func putUnsaved(in id: ChatThreadID) {
    let underWay = ledger.entries.flatMap { entry -> [HistoryChange] in
      if case .save(let changes) = entry.action { changes } else { [] }
    }
    for case .messages(id, let messages) in underWay + unsaved.changes {
      for message in messages
      where conversations[id]?.admitsByItself(message.id.place) ?? false {
        conversations[id]?.put(message)
      }
    }
  }

  /// What the person is writing in a thread, or was when they left it.
  private func draft(of id: ChatThreadID) -> String {
    threads.open == id && composer.editing == nil
      ? composer.text : conversations[id]?.draft ?? ""
  }

  /// The person changed something: their draft is kept soon.
  mutating func noteWriting(_ turn: Turn) {
    guard keepsHistory, threads.open != nil, kept.draftDueOn == nil else { return }
    kept.draftDueOn = turn.now + .seconds(1)
  }

  mutating func draftClock(_ turn: inout Turn) {
    guard let due = kept.draftDueOn, due <= turn.now else { return }
    kept.draftDueOn = nil
    guard let id = threads.open, composer.editing == nil else { return }
    let text = composer.text
    guard conversations[id]?.draft != text else { return }
    conversations[id]?.draft = text
    keep(.draft(id, text))
  }

  /// Saves what was gathered, when nothing is being saved.
  mutating func saveHistory(_ turn: inout Turn) {
    guard kept.isOpen, !unsaved.isSaving,
      !unsaved.changes.isEmpty || unsaved.threads.contains(where: mayBeSaved),
      unsaved.retryOn.map({ $0 <= turn.now }) ?? true
    else { return }
    unsaved.isSaving = true
    unsaved.retryOn = nil
    let oldest = settings.retention.map { turn.now - $0 }
    let held = unsaved.threads.filter { !mayBeSaved($0) }
    let changed = unsaved.threads.subtracting(held).sorted { $0.rawValue < $1.rawValue }
    var changes =
      unsaved.changes
      + changed.compactMap { storedThread($0, since: oldest).map { .thread($0) } }
    // A reading brings along what is too old to be kept.
    if let oldest, changes.reach(before: oldest) { changes.append(.retention(before: oldest)) }
    unsaved.changes = []
    unsaved.threads = held
    turn.ask(.save(changes), in: &self)
  }

  /// True once what is kept of a thread was read, or nothing is: before that it would be written over.
  private func mayBeSaved(_ id: ChatThreadID) -> Bool { kept.isWhole || threads.wasRestored(id) }

  mutating func saveFinished(
    _ changes: [HistoryChange], _ result: EffectResult, _ turn: inout Turn
  ) {
    unsaved.isSaving = false
    openHistoryIfDue(&turn)
    guard case .failed(let error) = result else {
      releaseSaved(changes, &turn)
      if changes.contains(where: \.isOfMessages) { noteStaleSearch(&turn) }
      return
    }
    unsaved.changes = changes + unsaved.changes
    unsaved.retryOn = turn.now + .seconds(10)
    // What the person wrote goes out all the same.
    releaseSaved(changes, &turn)
    say(.failure("Not kept on this machine: \(error.message)"), &turn)
  }
}

extension HistoryChange {
  /// True when there are other messages after it.
  fileprivate var isOfMessages: Bool {
    switch self {
    case .messages, .retention, .threadForgotten: true
    case .listRead, .thread, .stretch, .draft, .outbox, .outboxSettled, .contact: false
    }
  }
}

extension Conversation {
  /// Adds what is kept of it but the messages.
  fileprivate func describe(in stored: inout StoredThread) {
    stored.participants = participants
    stored.receipts = receipts.values.sorted { $0.sender.rawID < $1.sender.rawID }
    guard isKeptWhole else { return }
    stored.coverage = coverage.stretches
    stored.newestVersion = syncedUpTo
    stored.unsureSecond = unsureSecond
  }
}

extension [HistoryChange] {
  /// True when a message of before a moment is among them.
  fileprivate func reach(before oldest: Timestamp) -> Bool {
    contains { change in
      guard case .messages(_, let messages) = change else { return false }
      return messages.contains { $0.createdOn < oldest }
    }
  }
}
