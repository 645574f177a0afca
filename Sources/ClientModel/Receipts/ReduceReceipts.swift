public import ACSTypes

/// Up to where the others have read.
extension ClientState {
  /// Takes receipts in; one that is behind what is known of the same person changes nothing.
  mutating func noteReceipts(_ receipts: [ChatMessageReadReceipt], in id: ChatThreadID) {
    guard threads.contains(id) else { return }
    var isNews = false
    for receipt in receipts where receipt.sender != session.session?.identity {
      let known = conversations[id]?.receipts[receipt.sender]
      guard receipt.messageID.place > known?.messageID.place ?? -1 else { continue }
      conversations[id, default: Conversation()].receipts[receipt.sender] = receipt
      isNews = true
    }
    if isNews { keepThread(id) }
  }

  /// Asks how far the others have read, where that is told at all and no event tells it.
  mutating func askForReceipts(of id: ChatThreadID, _ turn: inout Turn) {
    let people = conversations[id]?.participants.count ?? 0
    guard people > 1, people <= ClientState.quietSize, threads.entry(id)?.standing == .member,
      connection.problem == nil, !ledger.contains(where: { $0 == .listReceipts(id) })
    else { return }
    if let end = connection.holds.end(of: .receipts(id), at: turn.now)
      ?? connection.paces.spend(.receipts(id), at: turn.now)
    {
      connection.waits.wait(.receipts(id), until: end)
      return
    }
    turn.ask(.listReceipts(id), in: &self)
  }

  /// True when somebody is not known to have read the newest that others wrote: the event that tells it may be lost.
  func mayHaveLostReceipts(of id: ChatThreadID) -> Bool {
    guard let conversation = conversations[id] else { return false }
    return conversation.participants.contains { participant in
      let person = participant.identifier
      return person != session.session?.identity && !conversation.isKnownToHaveRead(person)
    }
  }

  mutating func receiptsFinished(
    _ id: ChatThreadID, _ result: EffectResult, _ turn: inout Turn
  ) {
    switch result {
    case .receipts(let receipts):
      connection.holds.end(.receipts(id))
      noteReceipts(receipts, in: id)
      chatAnswered(&turn)
    case .failed(let error) where error.isAuthFailure:
      chatFailed(error, &turn)
    case .failed(let error) where error.retryAfter != nil:
      connection.holds.note(error, of: .receipts(id), in: &turn)
    default:
      // What the lists of messages and threads do not notice is not worth a word; it is asked again with the next page.
      break
    }
  }
}

/// Up to where the user has read, as the others are told.
extension ClientState {
  /// Between two receipts: of a burst of messages the first and the last are told.
  private static let receiptPause = Duration.seconds(2)
  /// After a receipt was not taken.
  private static let receiptRetry = Duration.seconds(15)

  /// Tells the others that the newest message that the user did not write was read, once a message and only while the
  /// person can see it; also when they have answered it before that could be told.
  mutating func sendReceipt(_ turn: inout Turn) {
    guard interface.isTerminalFocused, let id = threads.open, let me = session.session?.identity,
      threads.entry(id)?.standing == .member,
      let newest = conversations[id]?.newestSent(upTo: latestTime(turn), notBy: me),
      conversations[id]?.receiptSentFor != newest,
      conversations[id]?.anchor == .bottom,
      (conversations[id]?.participants.count ?? 0) <= ClientState.quietSize
    else { return }
    if let free = connection.receiptFreeOn, free > turn.now {
      connection.receiptDueOn = free
      return
    }
    if let free = connection.paces.spend(.readMarks(id), at: turn.now) {
      connection.receiptDueOn = free
      return
    }
    connection.receiptDueOn = nil
    connection.receiptFreeOn = turn.now + ClientState.receiptPause
    conversations[id]?.receiptSentFor = newest
    turn.ask(.sendReadReceipt(id, newest), in: &self)
  }

  mutating func receiptSent(
    _ id: ChatThreadID, _ message: ChatMessageID, _ result: EffectResult, _ turn: inout Turn
  ) {
    guard case .failed(let error) = result else { return }
    switch error.code {
    case .forbidden, .notFound, .refused, .unsupported: return
    default: break
    }
    if conversations[id]?.receiptSentFor == message { conversations[id]?.receiptSentFor = nil }
    let pause = max(error.retryAfter ?? .zero, ClientState.receiptRetry)
    connection.receiptFreeOn = turn.now + pause
    connection.receiptDueOn = turn.now + pause
  }

  mutating func receiptClock(_ turn: inout Turn) {
    guard let due = connection.receiptDueOn, due <= turn.now else { return }
    connection.receiptDueOn = nil
    sendReceipt(&turn)
  }
}

extension Conversation {
  /// True when a person has read the newest message that another one wrote, or there is none.
  fileprivate func isKnownToHaveRead(_ person: CommunicationIdentifier) -> Bool {
    guard let newest = newestSent(notBy: person) else { return true }
    return receipts[person]?.messageID.place ?? -1 >= newest.place
  }

  /// Who has read the message at `place`, in the order of their ids.
  public func readers(of place: Int64) -> [CommunicationIdentifier] {
    receipts.values.filter { $0.messageID.place >= place }.map(\.sender)
      .sorted { $0.rawID < $1.rawID }
  }
}
