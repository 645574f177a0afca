import ACSTypes

/// Reading messages: polling the open thread, paging back, receipts.
extension ClientState {
  /// How far back a reading overlaps the one before it, so that late edits are caught.
  static let overlap = Duration.seconds(120)

  mutating func pollOpenThread(_ turn: inout Turn) {
    if readOnlyReason != nil {
      // Nothing comes any more; whoever is let in again hears of it by the list or an event.
      connection.openThreadDueOn = nil
      return
    }
    guard let id = threads.open, !isReadingOpenThread, session.isUsable(at: turn.now),
      connection.problem == nil, conversations[id]?.chain == nil
    else { return }
    if let end = connection.settling(at: turn.now)
      ?? connection.end(ofMessages: id, isWalk: false, at: turn.now)
    {
      connection.openThreadDueOn = end
      return
    }
    connection.isLineUntold = false
    let newest = conversations[id]?.syncedUpTo ?? 0
    let isFullDue = (connection.fullPageDueOn ?? .epoch) <= turn.now
    if isFullDue || newest == 0 {
      connection.fullPageDueOn = turn.now + cadence.list
      askForNewest(of: id, &turn)
      if conversations[id]?.participants.isEmpty ?? true { askForPeople(of: id, &turn) }
      if !connection.events.isLive || mayHaveLostReceipts(of: id) { askForReceipts(of: id, &turn) }
    } else {
      let start = Timestamp(milliseconds: newest) - ClientState.overlap
      askForMessages(id, .since(start), &turn)
    }
  }

  mutating func messagesFinished(
    _ id: ChatThreadID, _ query: MessageQuery, askedOn: Timestamp, _ result: EffectResult,
    _ turn: inout Turn
  ) {
    guard let entry = threads.entry(id) else { return }
    if threads.open == id { scheduleOpenThread(turn) }
    switch (query, result) {
    case (.older, .failed(let error)) where error.code != .forbidden && error.code != .notFound:
      walkFailed(error, of: id, &turn)
      catchUp(&turn)
      return
    case (.older, .failed): conversations[id]?.walk?.isBroken = true
    case (.older, _), (_, .messages): break
    default: conversations[id]?.chain = nil
    }
    switch result {
    case .messages(let page):
      connection.holds.end(.messages(id))
      noteServiceTime(page.servedOn, turn)
      take(page, of: id, query, askedOn: askedOn, &turn)
      readAgainIfLate(id, &turn)
      catchUp(&turn)
      chatAnswered(&turn)
    case .failed(let error) where error.code == .forbidden || error.code == .notFound:
      // Who knows already that they are out is not told again.
      guard entry.standing == .member else { return }
      readingRefused(error, in: id, &turn)
    case .failed(let error):
      addBehind(id)
      readFailed(error, of: .messages(id), &turn)
      if threads.open == id, let end = connection.holds.end(of: .messages(id), at: turn.now) {
        connection.openThreadDueOn = end
      }
      catchUp(&turn)
    default:
      break
    }
  }

  /// The service shows a thread no longer: the list tells why, as whoever is out of a thread is told in its place.
  mutating func readingRefused(
    _ error: ServiceError, in id: ChatThreadID, _ turn: inout Turn
  ) {
    connection.refusals[id] = error.message
    refreshThreads(&turn)
  }

  /// The list was read: what it has no reason for is told as the service told it.
  mutating func tellRefusals(_ turn: inout Turn) {
    let refusals = connection.refusals
    connection.refusals = [:]
    for (id, words) in refusals.sorted(by: { $0.key.rawValue < $1.key.rawValue })
    where threads.entry(id)?.standing == .member {
      say(.failure(words), &turn)
    }
  }

  /// What was asked for before the last break of the events may have been answered before it, too.
  private mutating func readAgainIfLate(_ id: ChatThreadID, _ turn: inout Turn) {
    guard threads.open == id, let conversation = conversations[id], conversation.chain == nil,
      conversation.newestAsked.map({ $0.breaks != connection.eventBreaks }) ?? false
    else { return }
    connection.fullPageDueOn = turn.now
    pollOpenThread(&turn)
  }

  /// Reads the line that the service wrote into a thread when its people or its topic changed: no event brings it.
  mutating func readLine(of id: ChatThreadID) {
    guard threads.open == id, readOnlyReason == nil else { return }
    connection.isLineUntold = true
    connection.openThreadDueOn = now
  }

  private mutating func scheduleOpenThread(_ turn: Turn) {
    guard threads.open != nil, readOnlyReason == nil else {
      connection.openThreadDueOn = nil
      return
    }
    guard !connection.isLineUntold else {
      connection.openThreadDueOn = turn.now
      return
    }
    let quiet = turn.now - connection.lastActivityOn
    connection.openThreadDueOn =
      turn.now
      + (connection.events.isLive ? cadence.live : cadence.openInterval(sinceActivity: quiet))
  }
}
