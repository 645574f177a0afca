import ACSTypes

/// Asking for changes: what the person sends, edits and deletes waits here until the service has acknowledged it.
extension ClientState {
  /// Puts `text` into the open thread's outbox and sends it as soon as it may go.
  mutating func submit(_ text: String, _ turn: inout Turn) {
    guard let id = threads.open else { return }
    returnToEnd(&turn)
    enqueue(.send(text: text), in: id, &turn)
  }

  /// Asks for an edit; one of the same message that has not gone out yet is replaced.
  mutating func submitEdit(
    of message: ChatMessageID, in id: ChatThreadID, to text: String, _ turn: inout Turn
  ) {
    let due = dropIdleChanges(of: message, in: id)
    enqueue(.edit(message, text: text), in: id, dueOn: due, &turn)
  }

  /// Asks for a deletion; edits of the message that have not gone out yet are dropped.
  mutating func submitDeletion(
    of message: ChatMessageID, in id: ChatThreadID, _ turn: inout Turn
  ) {
    let due = dropIdleChanges(of: message, in: id)
    enqueue(.delete(message), in: id, dueOn: due, &turn)
  }

  /// Takes up again what an earlier run left: a message of it may have arrived.
  mutating func restoreOutbox(_ records: [OutboxRecord], _ turn: inout Turn) {
    for var record in records
    where outbox.settled.message(of: record.clientID, in: record.thread) == nil
      && !outbox[record.thread].contains(where: { $0.record.clientID == record.clientID })
    {
      if case .queued = record.state, case .send = record.intent { record.state = .unsettled }
      var entry = OutboxEntry(record)
      entry.isKept = true
      // A request of the earlier run may still be at work at the service.
      if case .unsettled = record.state { entry.dueOn = turn.now + ClientState.grace }
      outbox.append(entry)
    }
    sendQueued(&turn)
  }

  /// Takes up whatever may go, one change of a thread at a time so that their order holds.
  mutating func sendQueued(_ turn: inout Turn) {
    guard session.isUsable(at: turn.now), connection.problem == nil, isHistoryOfUser else {
      return
    }
    for id in outbox.threads { sendNext(in: id, &turn) }
  }

  mutating func outboxClock(_ turn: inout Turn) {
    guard let due = outboxDeadline, due <= turn.now else { return }
    sendQueued(&turn)
  }

  var outboxDeadline: Timestamp? {
    session.isUsable(at: now) && connection.problem == nil ? outbox.nextDue : nil
  }

  /// Tries the newest failed change of the open thread again.
  mutating func retryFailed(_ turn: inout Turn) {
    guard let id = threads.open, let failed = outbox[id].last(where: \.isFailed) else { return }
    changeEntry(failed.record.clientID, in: id) { entry in
      entry.record.state = .queued
      entry.dueOn = nil
    }
    sendQueued(&turn)
  }

  /// Takes the newest failed change of the open thread back; its text goes into the composer.
  mutating func takeBackFailed(_ turn: inout Turn) {
    guard let id = threads.open, let failed = outbox[id].last(where: \.isFailed) else { return }
    let text: Composer? =
      switch failed.record.intent {
      case .send(let text): Composer(text: text)
      case .edit(let message, let text): Composer(text: text, editing: message)
      case .delete: nil
      }
    guard text == nil || composer.isEmpty && composer.editing == nil else {
      say(.information("First send or clear what you are writing: its place is taken."), &turn)
      return
    }
    dropEntry(failed.record.clientID, in: id)
    guard let text else { return }
    composer = text
    interface.focus = .composer
  }

  private mutating func sendNext(in id: ChatThreadID, _ turn: inout Turn) {
    guard let entry = outbox[id].first(where: { !$0.isFailed }), !entry.isUnderWay,
      entry.isKept, entry.dueOn.map({ $0 <= turn.now }) ?? true
    else { return }
    let clientID = entry.record.clientID
    if case .unsettled = entry.record.state {
      // The clock may have been set since.
      let since = entry.record.writtenOn - .seconds(300)
      if let end = connection.holds.end(of: .messages(id), at: turn.now)
        ?? connection.paces.spend(
          .messages(id), cost: pages(since: since, in: id), isWalk: true, at: turn.now)
      {
        changeEntry(clientID, in: id) { $0.dueOn = end }
        return
      }
      changeEntry(clientID, in: id) { $0.isUnderWay = true }
      turn.ask(.findSent(id, clientID: clientID, since: since), in: &self)
      return
    }
    if let free = connection.paces.spend(.changes(id), at: turn.now) {
      changeEntry(clientID, in: id) { $0.dueOn = free }
      return
    }
    let known = entry.target.flatMap { conversations[id]?.version(of: $0) }
    changeEntry(clientID, in: id) { entry in
      entry.isUnderWay = true
      entry.knownVersion = known
      entry.dueOn = nil
      entry.record.attempts += 1
    }
    switch entry.record.intent {
    case .send(let text): turn.ask(.send(id, clientID: clientID, text: text), in: &self)
    case .edit(let message, let text):
      turn.ask(.edit(id, message, clientID: clientID, text: text), in: &self)
    case .delete(let message): turn.ask(.delete(id, message, clientID: clientID), in: &self)
    }
  }

  /// How many pages it takes at least to look through what came since a moment.
  private func pages(since start: Timestamp, in id: ChatThreadID) -> Int {
    guard let messages = conversations[id]?.messages else { return 1 }
    return 1 + (messages.count - messages.insertionIndex(of: start.milliseconds)) / 100
  }

  private mutating func enqueue(
    _ intent: OutboxRecord.Intent, in id: ChatThreadID, dueOn: Timestamp? = nil,
    _ turn: inout Turn
  ) {
    let record = OutboxRecord(
      clientID: turn.requestID(), thread: id, intent: intent, writtenOn: turn.now)
    var entry = OutboxEntry(record)
    entry.isKept = !keepsHistory
    entry.dueOn = dueOn
    outbox.append(entry)
    keep(.outbox(record))
    sendQueued(&turn)
  }

  /// What was to be saved is on the disk, or could not be: now it may go out.
  mutating func releaseSaved(_ changes: [HistoryChange], _ turn: inout Turn) {
    var isReleased = false
    for case .outbox(let record) in changes {
      isReleased = true
      outbox.change(record.clientID, in: record.thread) { $0.isKept = true }
    }
    if isReleased { sendQueued(&turn) }
  }

  /// Drops changes of a message that have not gone out.
  ///
  /// - Returns: When the last of them was to go, which what takes their place has to wait for, too.
  private mutating func dropIdleChanges(
    of message: ChatMessageID, in id: ChatThreadID
  ) -> Timestamp? {
    let idle = outbox[id].filter { $0.target == message && !$0.isUnderWay }
    for entry in idle { dropEntry(entry.record.clientID, in: id) }
    return idle.compactMap(\.dueOn).max()
  }

  mutating func dropEntry(_ clientID: String, in id: ChatThreadID) {
    guard outbox.remove(clientID, in: id) != nil else { return }
    keep(.outboxSettled(clientID: clientID))
  }

  /// Changes an entry, and what is kept of it where its record changed in a way that matters after a restart.
  mutating func changeEntry(
    _ clientID: String, in id: ChatThreadID, _ body: (inout OutboxEntry) -> Void
  ) {
    let before = outbox[id].first { $0.record.clientID == clientID }?.record.state
    guard let entry = outbox.change(clientID, in: id, body), entry.record.state != before else {
      return
    }
    keep(.outbox(entry.record))
  }
}
