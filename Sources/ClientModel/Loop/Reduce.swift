import ACSTypes

/// Changes `state` by what happened and tells what is to be done.
///
/// Pure: no clock, no randomness, no file and no network; the same occurrences give the same states and effects.
public func reduce(into state: inout ClientState, _ occurrence: Occurrence) -> [Effect] {
  let hasSlept = state.isLongOverdue(at: occurrence)
  state.now = max(state.now, occurrence.now)
  if !state.isTyping(occurrence.event) { state.revision += 1 }
  var turn = Turn(occurrence, hasSlept: hasSlept)
  state.route(occurrence.event, &turn)
  state.saveHistory(&turn)
  state.leaveWhenSaved(&turn)
  return turn.effects
}

extension ClientState {
  /// Hands an event to the feature that it belongs to.
  fileprivate mutating func route(_ event: Event, _ turn: inout Turn) {
    switch event {
    case .started:
      noteActivity(turn)
      loadHistory(&turn)
      renewToken(&turn)
    case .clockAdvanced: clockAdvanced(&turn)
    case .resized(let viewport):
      self.viewport = viewport
      catchUp(&turn)
    case .keyPressed(let press):
      noteWriting(turn)
      keyPressed(press, &turn)
    case .pasted(let text):
      noteWriting(turn)
      noteActivity(turn)
      typed(text, &turn)
    case .mouseUsed(let mouse, let target): mouseUsed(mouse, target: target, &turn)
    case .focusChanged(let isFocused):
      focusMoved(isFocused, &turn)
    case .tokenFlowed(let step): tokenFlow.record(step)
    case .signInPrompted(let prompt): prompted(prompt, &turn)
    case .signalled(let signal): signalled(signal, &turn)
    case .chatSignalled(let signal): eventsSignalled(signal, &turn)
    case .historyRead(let history, let first): historyRead(history, first, &turn)
    case .historyFailed(let reason): historyFailed(reason, &turn)
    case .recordingEnded(let error): say(.failure(error.message), &turn)
    case .finished(let id, let result):
      guard let entry = ledger.settle(id) else { return }
      finished(entry, result, &turn)
    }
  }

  private mutating func finished(
    _ entry: EffectLedger.Entry, _ result: EffectResult, _ turn: inout Turn
  ) {
    switch entry.action {
    case .renewToken: tokenFinished(result, &turn)
    case .listThreads(let next): threadsFinished(next: next, result, &turn)
    case .listMessages(let id, let query):
      messagesFinished(id, query, askedOn: entry.begunOn, result, &turn)
    case .readMessage(let id, _): messageRead(id, result, &turn)
    case .listParticipants(let id): participantsFinished(id, result, &turn)
    case .createThread: createFinished(result, &turn)
    case .send(let id, let clientID, _): sendFinished(id, clientID: clientID, result, &turn)
    case .findSent(let id, let clientID, _): findFinished(id, clientID: clientID, result, &turn)
    case .edit(let id, let message, let clientID, let text):
      editFinished(id, message, clientID: clientID, text: text, result, &turn)
    case .delete(let id, let message, let clientID):
      deleteFinished(id, message, clientID: clientID, result, &turn)
    case .readThread(let id): threadRead(id, result, &turn)
    case .updateTopic(let id, let topic): topicUpdated(id, to: topic, result, &turn)
    case .addParticipants(let id, let people): peopleAdded(people, to: id, result, &turn)
    case .removeParticipant(let id, let person): personRemoved(person, from: id, result, &turn)
    case .listReceipts(let id): receiptsFinished(id, result, &turn)
    case .openEvents: eventsEnded(result, &turn)
    case .loadHistory(let limit): historyLoaded(isWhole: limit == nil, result, &turn)
    case .openHistory(let user, _): historyOpened(for: user, result, &turn)
    case .loadMessages(let id, let query): messagesLoaded(id, query, result, &turn)
    case .save(let changes): saveFinished(changes, result, &turn)
    case .search(let text, let thread, let place):
      hitsFound(for: text, in: thread, before: place, result, &turn)
    case .findPeople(let text): peopleFinished(for: text, result, &turn)
    case .namePeople(let people, let id): namesFinished(people, seenIn: id, result, &turn)
    case .openGateway: gatewayClosed(result, &turn)
    case .command(let command): commandFinished(command, result, &turn)
    case .sendReadReceipt(let id, let message): receiptSent(id, message, result, &turn)
    case .sendTyping: typingTold(result, &turn)
    case .ring, .redraw, .suspend, .cancel, .quit: break
    }
  }

  private mutating func clockAdvanced(_ turn: inout Turn) {
    // While the machine slept the disk stood still, too: it gets its time again.
    if !ledger.overdue(at: turn.now - .milliseconds(500)).isEmpty {
      ledger.extend(to: turn.now + Effect.Action.usualAllowance) { $0.isOfDisk }
    }
    for id in ledger.overdue(at: turn.now) {
      guard let entry = ledger.settle(id) else { continue }
      turn.tell(.cancel(id), in: &self)
      let error = ServiceError(.timedOut, "No answer came in time.")
      finished(entry, .failed(error), &turn)
    }
    sessionClock(&turn)
    connectionClock(&turn)
    eventsClock(&turn)
    typingClock(&turn)
    receiptClock(&turn)
    outboxClock(&turn)
    directoryClock(&turn)
    namesClock(&turn)
    gatewayClock(&turn)
    callClock(&turn)
    historyClock(&turn)
    draftClock(&turn)
    refreshSearch(&turn)
    catchUp(&turn)
    noticeClock(&turn)
  }
}
