import ACSTypes

/// What becomes of changes that went out.
extension ClientState {
  /// How long a request that went unanswered may still be at work at the service, before its message is looked for.
  static let grace = Duration.seconds(5)

  mutating func sendFinished(
    _ id: ChatThreadID, clientID: String, _ result: EffectResult, _ turn: inout Turn
  ) {
    switch result {
    case .sent(let message):
      settle(clientID, in: id, as: message, &turn)
      chatAnswered(&turn)
      sendQueued(&turn)
    case .failed(let error):
      changeFailed(clientID, in: id, error, isRepeatable: false, &turn)
    default:
      break
    }
  }

  /// The thread was looked through for a message whose sending was not answered.
  mutating func findFinished(
    _ id: ChatThreadID, clientID: String, _ result: EffectResult, _ turn: inout Turn
  ) {
    switch result {
    case .sent(let message):
      settle(clientID, in: id, as: message, &turn)
      chatAnswered(&turn)
      sendQueued(&turn)
    case .done:
      changeEntry(clientID, in: id) { entry in
        entry.isUnderWay = false
        entry.record.state = .queued
      }
      chatAnswered(&turn)
      sendQueued(&turn)
    case .failed(let error) where error.code == .forbidden || error.code == .notFound:
      changeFailed(clientID, in: id, error, isRepeatable: true, &turn)
    case .failed(let error) where error.code == .undecided:
      changeFailed(clientID, in: id, error, isRepeatable: false, &turn)
      sendQueued(&turn)
    case .failed(let error):
      let delay = BackOff.delay(
        after: error, attempts: 1, isSlow: false, fraction: turn.fraction())
      changeEntry(clientID, in: id) { entry in
        entry.isUnderWay = false
        entry.dueOn = turn.now + (delay ?? ClientState.grace)
      }
      readFailed(error, of: .messages(id), &turn)
    default:
      break
    }
  }

  mutating func editFinished(
    _ id: ChatThreadID, _ message: ChatMessageID, clientID: String, text: String,
    _ result: EffectResult, _ turn: inout Turn
  ) {
    let before = outbox[id].first { $0.record.clientID == clientID }?.knownVersion
    acknowledge(clientID, in: id, result, &turn) { state, moment in
      // What came meanwhile tells of this edit, or of a later one.
      guard state.conversations[id]?.version(of: message) == before else { return }
      state.amend(message, in: id) { known in
        known.content = .text(text)
        known.editedOn = moment
        // The service's own version is later than the old one by at least this much.
        if known.version < .max { known.version += 1 }
      }
    }
  }

  mutating func deleteFinished(
    _ id: ChatThreadID, _ message: ChatMessageID, clientID: String, _ result: EffectResult,
    _ turn: inout Turn
  ) {
    // What is gone already needs no deletion.
    var result = result
    if case .failed(let error) = result, error.code == .notFound { result = .done }
    acknowledge(clientID, in: id, result, &turn) { state, moment in
      state.amend(message, in: id) { known in
        known.content = .text("")
        known.deletedOn = moment
      }
    }
  }

  /// A message of ours was seen at the service: its sending is settled, whatever its request still says.
  mutating func noteArrival(_ message: ChatMessage, in id: ChatThreadID, _ turn: inout Turn) {
    guard let clientID = message.clientID, message.sender == session.session?.identity,
      message.deletedOn == nil
    else { return }
    if let first = outbox.settled.message(of: clientID, in: id) {
      guard SettledMessages.areTwins(first, message.id) else { return }
      // Two tries came through: nobody is to read it twice. The earlier stays, which every device finds first; what the
      // person deleted is deleted whichever it was.
      let isFirstGone = conversations[id]?.isDeleted(first) ?? false
      let (kept, twin) =
        isFirstGone || first.place < message.id.place ? (first, message.id) : (message.id, first)
      guard !outbox[id].contains(where: { $0.target == twin }) else { return }
      outbox.settled.note(kept, of: clientID, in: id)
      submitDeletion(of: twin, in: id, &turn)
    } else if outbox[id].contains(where: { $0.record.clientID == clientID }) {
      dropEntry(clientID, in: id)
      outbox.settled.note(message.id, of: clientID, in: id)
      // What waits behind it is waited for by nobody else.
      sendQueued(&turn)
    } else {
      // Of an earlier run, or of another device: its twin may come yet.
      outbox.settled.note(message.id, of: clientID, in: id)
    }
  }

  /// A refusal is told below its message; where the person does not see that, a notice names the thread.
  private mutating func sayFailure(
    of clientID: String, in id: ChatThreadID, _ turn: inout Turn
  ) {
    guard threads.open != id,
      let entry = outbox[id].first(where: { $0.record.clientID == clientID }),
      case .failed(let reason) = entry.record.state
    else { return }
    let what = entry.outgoingText == nil ? "not changed" : "not sent"
    say(.failure("\(title(of: id)): \(what). \(reason)"), &turn)
  }

  private mutating func settle(
    _ clientID: String, in id: ChatThreadID, as messageID: ChatMessageID, _ turn: inout Turn
  ) {
    guard let entry = outbox.remove(clientID, in: id), let text = entry.outgoingText else { return }
    keep(.outboxSettled(clientID: clientID))
    outbox.settled.note(messageID, of: clientID, in: id)
    let arrival = Timestamp(milliseconds: messageID.place)
    let message = ChatMessage(
      id: messageID, sequenceID: 0, version: messageID.place, content: .text(text),
      senderDisplayName: settings.displayName, sender: session.session?.identity,
      createdOn: Timestamp(seconds: arrival.seconds),
      metadata: [ChatMessage.clientIDName: clientID])
    // Far back, it comes with what was said before it.
    if conversations[id, default: Conversation()].admitsByItself(messageID.place) {
      conversations[id]?.put(message)
      noteWindow(of: id)
    }
    keep(.messages(id, [message]))
    guard arrival <= latestTime(turn) else { return }
    if isLookedAt(id) {
      threads.noteMessage(in: id, on: arrival, isSeen: true)
    } else {
      threads.noteOwnMessage(in: id, on: arrival, place: messageID.place)
    }
  }

  /// An edit or a deletion was answered; both may be asked for twice without harm.
  private mutating func acknowledge(
    _ clientID: String, in id: ChatThreadID, _ result: EffectResult, _ turn: inout Turn,
    apply: (inout ClientState, Timestamp) -> Void
  ) {
    switch result {
    case .done:
      dropEntry(clientID, in: id)
      apply(&self, turn.now)
      connection.fullPageDueOn = turn.now
      chatAnswered(&turn)
      pollOpenThread(&turn)
      sendQueued(&turn)
    case .failed(let error):
      changeFailed(clientID, in: id, error, isRepeatable: true, &turn)
    default:
      break
    }
  }

  private mutating func amend(
    _ message: ChatMessageID, in id: ChatThreadID, _ change: (inout ChatMessage) -> Void
  ) {
    guard let index = conversations[id]?.index(of: message),
      var known = conversations[id]?.messages[index]
    else { return }
    change(&known)
    conversations[id]?.put(known)
    keep(.messages(id, [known]))
  }

  /// A change was refused or not answered; `isRepeatable` when the same request may go out again without having looked first.
  private mutating func changeFailed(
    _ clientID: String, in id: ChatThreadID, _ error: ServiceError, isRepeatable: Bool,
    _ turn: inout Turn
  ) {
    let attempts = outbox[id].first { $0.record.clientID == clientID }?.record.attempts ?? 1
    let delay = BackOff.delay(
      after: error, attempts: attempts, isSlow: false, fraction: turn.fraction())
    changeEntry(clientID, in: id) { entry in
      entry.isUnderWay = false
      switch error.code {
      case .unreachable where error.isUncertain && !isRepeatable:
        entry.record.state = .unsettled
        entry.dueOn = turn.now + max(ClientState.grace, delay ?? .zero)
      case .unreachable, .unauthenticated, .authFailed, .signInNeeded, .certificateRefused:
        // It did not arrive: it waits until the service answers again.
        entry.record.state = .queued
      case .throttled:
        entry.record.state = .queued
        entry.dueOn = turn.now + (delay ?? ClientState.grace)
      case .timedOut, .badAnswer, .serviceFailed, .cancelled:
        entry.record.state = isRepeatable ? .queued : .unsettled
        entry.dueOn = turn.now + max(ClientState.grace, delay ?? .zero)
      default:
        entry.record.state = .failed(reason: error.message)
      }
    }
    sayFailure(of: clientID, in: id, &turn)
    switch error.code {
    case .throttled: connection.paces.note(error, of: .changes(id), at: turn.now)
    case .unreachable, .unauthenticated, .authFailed, .signInNeeded, .certificateRefused,
      .timedOut, .badAnswer, .serviceFailed:
      chatFailed(error, &turn)
    default: sendQueued(&turn)
    }
  }
}
