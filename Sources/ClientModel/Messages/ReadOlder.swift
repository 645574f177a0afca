import ACSTypes

/// Reading messages on either side of those in memory: from this machine where they are kept, else from the service.
extension ClientState {
  /// Asks for the messages before the oldest one, when there may be some.
  mutating func readOlder(_ turn: inout Turn) {
    guard let id = threads.open, let conversation = conversations[id] else { return }
    let first = conversation.messages.isEmpty ? nil : conversation.messages.place(at: 0)
    if keepsHistory, !conversation.isStoreRead, let first,
      first > conversation.coverage?.oldest ?? .max || connection.problem != nil
    {
      loadStored(.before(first), of: id, &turn)
      return
    }
    guard connection.problem == nil, session.isUsable(at: turn.now), !isReadingOlder(id)
    else { return }
    if let end = connection.end(ofMessages: id, isWalk: true, at: turn.now) {
      connection.waits.wait(.older(id), until: end)
      return
    }
    guard keepsHistory || conversation.messages.count < Conversation.window else { return }
    if let link = conversation.olderLink {
      askForMessages(id, .older(nextLink: link), &turn)
    } else if let end = walkEnd(conversation), conversation.chain == nil,
      !isReadingOpenThread
    {
      // Links do not outlive a run: the pages are walked down again to where they were left.
      conversations[id]?.chain = MessageChain(end: end, hasStart: false, isForOlder: true)
      askForMessages(id, .newest, &turn)
    }
  }

  /// Down to which place the pages have to be walked before older messages come; `nil` when there are none.
  private func walkEnd(_ conversation: Conversation) -> Int64? {
    guard conversation.isCurrent, !conversation.messages.isEmpty else { return nil }
    guard keepsHistory else {
      return conversation.hasBeginning ? nil : conversation.messages.place(at: 0)
    }
    guard let coverage = conversation.coverage, !coverage.reachesBeginning else { return nil }
    return coverage.oldest
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

  private func isReadingOlder(_ id: ChatThreadID) -> Bool {
    ledger.contains { if case .listMessages(id, .older) = $0 { true } else { false } }
  }
}
