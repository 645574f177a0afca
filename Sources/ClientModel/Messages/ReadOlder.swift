import ACSTypes

/// Reading messages on either side of those in memory: from this machine where they are kept, else from the service.
extension ClientState {
  /// Asks for the messages before the oldest one, when there may be some.
  mutating func readOlder(_ turn: inout Turn) {
    guard let id = threads.open, let conversation = conversations[id] else { return }
    let first = conversation.messages.isEmpty ? nil : conversation.messages.place(at: 0)
    if keepsHistory, !conversation.isStoreRead, let first,
      first > conversation.coverage.stretch(at: first)?.oldest ?? .max
        || connection.problem != nil
    {
      loadStored(.before(first), of: id, &turn)
      return
    }
    guard !conversation.hasBeginning, conversation.isCurrent, let first, readOnlyReason == nil,
      keepsHistory || conversation.messages.count < Conversation.window
    else { return }
    conversations[id]?.olderWanted = first
    // Links do not outlive a run, and not what is let go of: the pages are walked down from the newest one then.
    if conversation.walk.map({ $0.isBroken || $0.reached < first }) ?? true {
      conversations[id]?.walk = nil
      connection.fullPageDueOn = turn.now
      pollOpenThread(&turn)
    } else {
      catchUp(&turn)
    }
  }

  /// Asks for the kept messages after the newest one in memory.
  mutating func readNewer(_ turn: inout Turn) {
    guard let id = threads.open, let conversation = conversations[id], !conversation.isAtEnd,
      !conversation.messages.isEmpty
    else { return }
    guard keepsHistory else {
      returnToEnd(&turn)
      return
    }
    loadStored(
      .after(conversation.messages.place(at: conversation.messages.count - 1)), of: id, &turn)
  }

  /// Goes to the newest messages, which may have been let go of.
  mutating func returnToEnd(_ turn: inout Turn) {
    guard let id = threads.open else { return }
    if !(conversations[id]?.isAtEnd ?? true) {
      conversations[id]?.forgetMessages()
      loadNewest(of: id, &turn)
      connection.fullPageDueOn = turn.now
      pollOpenThread(&turn)
    }
    conversations[id]?.anchor = .bottom
  }

  private mutating func loadStored(
    _ query: StoredQuery, of id: ChatThreadID, _ turn: inout Turn
  ) {
    guard
      !ledger.contains(where: { if case .loadMessages(id, _) = $0 { true } else { false } })
    else { return }
    turn.ask(.loadMessages(id, query), in: &self)
  }
}
