import ACSTypes

/// Sending, editing and deleting own messages.
extension ClientState {
  /// Puts `text` into the open thread's outbox and sends it as soon as it may go.
  mutating func submit(_ text: String, _ turn: inout Turn) {
    guard let id = threads.open else { return }
    lastOutboxID += 1
    let entry = OutboxEntry(
      id: OutboxID(lastOutboxID), text: text, writtenOn: turn.now, state: .queued)
    conversations[id]?.outbox.append(entry)
    conversations[id]?.anchor = .bottom
    sendQueued(&turn)
  }

  /// Sends what waits, one message of a thread at a time so that their order holds.
  mutating func sendQueued(_ turn: inout Turn) {
    guard session.isUsable(at: turn.now), connection.problem == nil else { return }
    for id in conversations.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
      guard let outbox = conversations[id]?.outbox,
        !outbox.contains(where: { $0.state == .sending }),
        let index = outbox.firstIndex(where: { $0.state == .queued })
      else { continue }
      conversations[id]?.outbox[index].state = .sending
      turn.ask(.send(id, outbox[index].id, text: outbox[index].text), in: &self)
    }
  }

  mutating func sendFinished(
    _ id: ChatThreadID, _ outboxID: OutboxID, text: String, _ result: EffectResult,
    _ turn: inout Turn
  ) {
    guard let index = conversations[id]?.outbox.firstIndex(where: { $0.id == outboxID }) else {
      return
    }
    switch result {
    case .sent(let messageID):
      conversations[id]?.outbox.remove(at: index)
      let arrival = Timestamp(milliseconds: messageID.place)
      conversations[id]?.put(
        ChatMessage(
          id: messageID, sequenceID: 0, version: messageID.place, content: .text(text),
          senderDisplayName: settings.displayName, sender: session.session?.identity,
          createdOn: Timestamp(seconds: arrival.seconds)))
      threads.noteMessage(in: id, on: arrival, isSeen: threads.open == id)
      chatAnswered(&turn)
      sendQueued(&turn)
    case .failed(let error):
      switch error.code {
      case .unreachable, .throttled, .unauthenticated, .authFailed, .signInNeeded,
        .certificateRefused:
        // The message did not arrive: it waits until the service answers again.
        conversations[id]?.outbox[index].state = .queued
        chatFailed(error, &turn)
      case .timedOut, .badAnswer, .serviceFailed:
        conversations[id]?.outbox[index].state = .failed(
          reason: "It is not known whether this arrived: \(error.message)")
        chatFailed(error, &turn)
      default:
        conversations[id]?.outbox[index].state = .failed(reason: error.message)
        sendQueued(&turn)
      }
    default:
      break
    }
  }

  /// Sends the newest failed message of the open thread again.
  mutating func retryFailed(_ turn: inout Turn) {
    guard let id = threads.open,
      let index = conversations[id]?.outbox.lastIndex(where: { $0.state.isFailed })
    else { return }
    conversations[id]?.outbox[index].state = .queued
    sendQueued(&turn)
  }

  /// Takes the newest failed message of the open thread back into the composer.
  mutating func takeBackFailed(_ turn: inout Turn) {
    guard let id = threads.open,
      let index = conversations[id]?.outbox.lastIndex(where: { $0.state.isFailed }),
      let entry = conversations[id]?.outbox.remove(at: index)
    else { return }
    composer = Composer(text: entry.text)
    interface.focus = .composer
  }

  mutating func editFinished(
    _ id: ChatThreadID, _ messageID: ChatMessageID, text: String, _ result: EffectResult,
    _ turn: inout Turn
  ) {
    changeFinished(result, &turn) { state, moment in
      guard let index = state.conversations[id]?.index(of: messageID),
        var message = state.conversations[id]?.messages[index]
      else { return }
      message.content = .text(text)
      message.editedOn = moment
      // The service's own version is later than the old one by at least this much.
      message.version += 1
      state.conversations[id]?.put(message)
    }
  }

  mutating func deleteFinished(
    _ id: ChatThreadID, _ messageID: ChatMessageID, _ result: EffectResult, _ turn: inout Turn
  ) {
    changeFinished(result, &turn) { state, moment in
      guard let index = state.conversations[id]?.index(of: messageID),
        var message = state.conversations[id]?.messages[index]
      else { return }
      message.content = .text("")
      message.deletedOn = moment
      state.conversations[id]?.put(message)
    }
  }

  /// Shows an accepted change at once; the next full page brings the service's own version of it.
  private mutating func changeFinished(
    _ result: EffectResult, _ turn: inout Turn, apply: (inout ClientState, Timestamp) -> Void
  ) {
    switch result {
    case .done:
      apply(&self, turn.now)
      connection.fullPageDueOn = turn.now
      chatAnswered(&turn)
      pollOpenThread(&turn)
    case .failed(let error):
      say(.failure(error.message), &turn)
      chatFailed(error, &turn)
    default:
      break
    }
  }
}

extension OutboxEntry.State {
  var isFailed: Bool {
    if case .failed = self { true } else { false }
  }
}
