import ACSTypes

/// Taking pages of messages in, and asking for the pages after them until nothing is missing.
extension ClientState {
  mutating func take(
    _ page: Page<ChatMessage>, of id: ChatThreadID, _ query: MessageQuery,
    askedOn: Timestamp? = nil, _ turn: inout Turn
  ) {
    let isHistory = if case .older = query { true } else { false }
    let wasCurrent = conversations[id]?.isCurrent ?? false
    let newest = conversations[id]?.newestVersion ?? .max
    let reach = conversations[id]?.reach(of: query) ?? .min
    let (syncedUpTo, coverage) = (conversations[id]?.syncedUpTo, conversations[id]?.coverage)
    let unsureSecond = conversations[id]?.unsureSecond
    var isNews = false
    var isUntold = false
    var isMembershipChanged = false
    for message in page.values.reversed() {
      let isNew = arrived(message, in: id, isHistory: isHistory, downTo: reach, &turn)
      guard isNew, !isHistory else { continue }
      isNews = true
      if message.id.place > newest, message.sender.map({ $0 != me }) ?? false { isUntold = true }
      switch message.content {
      case .participantAdded, .participantRemoved: isMembershipChanged = true
      default: break
      }
    }
    if conversations[id] == nil { conversations[id] = Conversation() }
    if isHistory {
      conversations[id]?.tookOlder(page, isNext: reach == .min)
    } else {
      let next = conversations[id]?.took(page, query, overlap: ClientState.overlap)
      if let next { follow(FollowUp(thread: id, query: next), &turn) }
    }
    conversations[id]?.trim()
    switch query {
    case .newest, .since:
      conversations[id]?.isLoaded = true
      conversations[id]?.isCurrent = true
      conversations[id]?.noteReading(page, askedOn: askedOn ?? turn.now)
    case .more, .older:
      // What they go on from may have been let go of.
      break
    }
    if conversations[id]?.syncedUpTo != syncedUpTo || conversations[id]?.coverage != coverage
      || conversations[id]?.unsureSecond != unsureSecond
    {
      keepThread(id)
    }
    if threads.open == id, connection.events.isLive {
      connection.watch.threadRead(id, hasNews: isUntold, now: turn.now)
    }
    guard isNews else { return }
    if threads.open == id, wasCurrent { noteActivity(turn) }
    if wasCurrent, isMembershipChanged { askForPeople(of: id, &turn) }
    if threads.open == id { sendReceipt(&turn) }
  }

  /// Asks for a page that follows another, as soon as the pace allows.
  private mutating func follow(_ next: FollowUp, _ turn: inout Turn) {
    connection.followUps.append(next)
    catchUp(&turn)
  }
}

extension Conversation {
  /// How much the clocks of this machine and of the service may differ without a message being missed.
  private static let clockDifference: Int64 = 2

  /// The newest messages were asked for at a moment, and came.
  fileprivate mutating func noteReading(_ page: Page<ChatMessage>, askedOn: Timestamp) {
    guard let newest = page.values.map(\.moment.seconds).max() ?? unsureSecond else { return }
    unsureSecond =
      askedOn.seconds <= newest &+ Conversation.clockDifference ? newest : nil
  }

  /// An older page was taken in; `isNext` when it goes on where the messages in memory end.
  fileprivate mutating func tookOlder(_ page: Page<ChatMessage>, isNext: Bool) {
    if isNext {
      olderLink = page.nextLink
      hasBeginning = page.nextLink == nil
    }
    if let oldest = page.values.map(\.id.place).min(), let known = coverage?.oldest {
      coverage?.oldest = min(known, oldest)
    }
    if page.nextLink == nil { coverage?.reachesBeginning = true }
    trimNewest()
  }

  /// A page from the newest message on, or one that follows it, was taken in.
  ///
  /// - Returns: What is to be read next, so that nothing is missing; `nil` when nothing is.
  fileprivate mutating func took(
    _ page: Page<ChatMessage>, _ query: MessageQuery, overlap: Duration
  ) -> MessageQuery? {
    let oldest = page.values.map(\.id.place).min()
    let newest = page.values.map { max($0.version, $0.id.place) }.max() ?? 0
    var reading = chain ?? begun(query, overlap: overlap)
    reading.newest = max(reading.newest, newest)
    reading.reached = min(reading.reached, oldest ?? .max)
    if let link = page.nextLink, let oldest, oldest > reading.end {
      chain = reading
      let isApart = syncedUpTo > 0 && oldest > syncedUpTo
      gap = isApart ? MessageGap(after: syncedUpTo, before: oldest) : nil
      return .more(nextLink: link, since: Timestamp(milliseconds: reading.end))
    }
    chain = nil
    gap = nil
    let isFirst = syncedUpTo == 0
    syncedUpTo = max(syncedUpTo, reading.newest)
    if let oldest { cover(oldest, isFirst: isFirst, reading, page.nextLink) }
    if page.nextLink == nil, !reading.hasStart {
      coverage?.reachesBeginning = true
      olderLink = nil
      let first = messages.isEmpty ? nil : messages.place(at: 0)
      hasBeginning = first.map { $0 <= oldest ?? $0 } ?? true
    }
    return nil
  }

  /// A reading came down to `oldest`; `link` goes on from there.
  private mutating func cover(
    _ oldest: Int64, isFirst: Bool, _ reading: MessageChain, _ link: String?
  ) {
    guard !isFirst, let known = coverage?.oldest else {
      coverage = HistoryStretch(oldest: oldest, newest: syncedUpTo)
      if !reading.hasStart { olderLink = link }
      return
    }
    coverage?.newest = syncedUpTo
    coverage?.oldest = min(known, oldest)
    if !reading.hasStart, oldest <= known || reading.isForOlder { olderLink = link }
  }

  /// The reading that a first page begins: back to what is known, or only itself when nothing is.
  private func begun(_ query: MessageQuery, overlap: Duration) -> MessageChain {
    switch query {
    case .since(let start):
      return MessageChain(end: start.milliseconds, hasStart: true)
    case .newest where syncedUpTo > 0:
      let end = Timestamp(milliseconds: syncedUpTo) - overlap
      return MessageChain(end: end.milliseconds, hasStart: false)
    case .more(_, let since):
      return MessageChain(end: since.milliseconds, hasStart: true)
    case .newest, .older:
      return MessageChain(end: .max, hasStart: false)
    }
  }
}
