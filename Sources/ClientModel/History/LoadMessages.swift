import ACSTypes

/// Messages of the store, taken into memory.
extension ClientState {
  /// Asks for the newest kept messages of a thread whose messages are not here.
  mutating func loadNewest(of id: ChatThreadID, _ turn: inout Turn) {
    guard keepsHistory, kept.isLoaded, !(conversations[id]?.isLoaded ?? false) else { return }
    turn.ask(.loadMessages(id, .newest), in: &self)
  }

  mutating func messagesLoaded(
    _ id: ChatThreadID, _ query: StoredQuery, _ result: EffectResult, _ turn: inout Turn
  ) {
    switch result {
    case .stored(let stored):
      if case .around(let place) = query {
        wantedLoaded(stored, around: place, in: id, &turn)
        return
      }
      var stored = stored
      // What is missing is read from the service first, page by page, where that can be asked.
      if case .before = query, connection.problem == nil, session.isUsable(at: turn.now) {
        conversations[id]?.cutAtGap(&stored)
      }
      conversations[id]?.restore(stored, query)
      meetNameless(in: stored)
      putUnsaved(in: id)
      catchUp(&turn)
      if case .after = query, stored.isLast {
        connection.fullPageDueOn = turn.now
        pollOpenThread(&turn)
      }
    case .failed(let error):
      say(.failure(error.message), &turn)
    default:
      break
    }
  }

  /// What was said around a message that is to be shown was read; it takes the place of what was in memory.
  private mutating func wantedLoaded(
    _ stored: StoredMessages, around place: Int64, in id: ChatThreadID, _ turn: inout Turn
  ) {
    // Another one may be wanted meanwhile.
    guard let wanted = conversations[id]?.wanted, wanted.place == place else { return }
    conversations[id]?.wanted = nil
    guard stored.messages.contains(where: { $0.id == wanted }) else {
      say(.failure("This message is not kept here any more."), &turn)
      return
    }
    conversations[id]?.forgetMessages()
    conversations[id]?.restore(stored, .around(place))
    meetNameless(in: stored)
    putUnsaved(in: id)
    show(wanted, in: id, &turn)
  }
}

extension Conversation {
  /// Leaves out what is kept of before the stretch in which the oldest message in memory is.
  func cutAtGap(_ stored: inout StoredMessages) {
    guard !messages.isEmpty, let edge = coverage.stretch(at: messages.place(at: 0))?.oldest,
      let index = stored.messages.lastIndex(where: { $0.id.place < edge })
    else { return }
    stored.messages.removeFirst(index + 1)
    stored.isFirst = false
  }

  /// Takes in messages that were kept.
  mutating func restore(_ stored: StoredMessages, _ query: StoredQuery) {
    guard isNextTo(query) else { return }
    // What came by itself and is older is kept, too: it comes with those around it.
    if !isLoaded, !stored.isFirst, let oldest = stored.messages.first?.id.place {
      removeOlder(than: oldest)
    }
    for message in stored.messages { put(message) }
    if !stored.messages.isEmpty { isLoaded = true }
    switch query {
    case .newest: isStoreRead = stored.isFirst
    case .before:
      isStoreRead = stored.isFirst
      trimNewest()
    case .after:
      isAtEnd = stored.isLast
      trimOldest()
    case .around:
      isStoreRead = stored.isFirst
      isAtEnd = stored.isLast
    }
    noteBeginning()
  }

  /// True unless what is in memory has changed so much since the question that the answer leaves a hole.
  private func isNextTo(_ query: StoredQuery) -> Bool {
    switch query {
    case .newest: isAtEnd
    case .around: messages.isEmpty
    case .before(let place): !messages.isEmpty && messages.place(at: 0) == place
    case .after(let place):
      !messages.isEmpty && messages.place(at: messages.count - 1) == place
    }
  }
}
