import ACSTypes

/// Reading messages: polling the open thread, paging back, receipts.
extension ClientState {
  /// How far back a reading overlaps the one before it, so that late edits are caught.
  private static let overlap = Duration.seconds(120)

  mutating func pollOpenThread(_ turn: inout Turn) {
    guard let id = threads.open, !isReadingOpenThread, session.isUsable(at: turn.now),
      connection.problem == nil
    else { return }
    let newest = conversations[id]?.newestVersion ?? 0
    let isFullDue = (connection.fullPageDueOn ?? .epoch) <= turn.now
    if isFullDue || newest == 0 {
      connection.fullPageDueOn = turn.now + cadence.list
      turn.ask(.listMessages(id, .newest), in: &self)
      if !connection.events.isLive { askForReceipts(of: id, &turn) }
    } else {
      let start = Timestamp(milliseconds: newest) - ClientState.overlap
      turn.ask(.listMessages(id, .since(start)), in: &self)
    }
  }

  mutating func messagesFinished(
    _ id: ChatThreadID, _ query: MessageQuery, _ result: EffectResult, _ turn: inout Turn
  ) {
    scheduleOpenThread(turn)
    switch result {
    case .messages(let page):
      take(page, of: id, query, &turn)
      chatAnswered(&turn)
    case .failed(let error) where error.code == .forbidden || error.code == .notFound:
      say(.failure(error.message), &turn)
      refreshThreads(&turn)
    case .failed(let error):
      chatFailed(error, &turn)
    default:
      break
    }
  }

  /// Asks for the page before the oldest message, when there may be one.
  mutating func readOlder(_ turn: inout Turn) {
    guard let id = threads.open, let link = conversations[id]?.olderLink,
      connection.problem == nil,
      (conversations[id]?.messages.count ?? 0) < Conversation.window,
      !ledger.contains(where: {
        if case .listMessages(id, .older) = $0 { true } else { false }
      })
    else { return }
    turn.ask(.listMessages(id, .older(nextLink: link)), in: &self)
  }

  mutating func participantsFinished(
    _ id: ChatThreadID, _ result: EffectResult, _ turn: inout Turn
  ) {
    switch result {
    case .participants(let participants):
      conversations[id]?.participants = participants
      if threads.open == id { askForReceipts(of: id, &turn) }
      chatAnswered(&turn)
    case .failed(let error):
      chatFailed(error, &turn)
    default:
      break
    }
  }

  private mutating func scheduleOpenThread(_ turn: Turn) {
    guard threads.open != nil else { return }
    let quiet = turn.now - connection.lastActivityOn
    connection.openThreadDueOn =
      turn.now
      + (connection.events.isLive ? cadence.live : cadence.openInterval(sinceActivity: quiet))
  }

  private mutating func take(
    _ page: Page<ChatMessage>, of id: ChatThreadID, _ query: MessageQuery, _ turn: inout Turn
  ) {
    var isNews = false
    var isUntold = false
    let newest = conversations[id]?.newestVersion ?? .max
    var isMembershipChanged = false
    for message in page.values.reversed() {
      let isHistory = if case .older = query { true } else { false }
      guard arrived(message, in: id, isHistory: isHistory, &turn), !isHistory else { continue }
      isNews = true
      if message.id.place > newest, let sender = message.sender, sender != session.session?.identity
      {
        isUntold = true
      }
      switch message.content {
      case .participantAdded, .participantRemoved: isMembershipChanged = true
      default: break
      }
    }
    let wasLoaded = conversations[id]?.isCurrent ?? false
    switch query {
    case .newest where !wasLoaded, .older:
      conversations[id]?.olderLink = page.nextLink
      conversations[id]?.hasBeginning = page.nextLink == nil
    default:
      break
    }
    conversations[id]?.isLoaded = true
    conversations[id]?.isCurrent = true
    if threads.open == id, connection.events.isLive {
      connection.watch.threadRead(id, hasNews: isUntold, now: turn.now)
    }
    guard isNews else { return }
    if wasLoaded { noteActivity(turn) }
    if wasLoaded, isMembershipChanged { turn.ask(.listParticipants(id), in: &self) }
    if threads.open == id { sendReceipt(&turn) }
  }
}
