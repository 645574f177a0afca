import ACSTypes

/// Taking pages of messages in, and asking for the pages after them until nothing is missing.
extension ClientState {
  mutating func take(
    _ page: Page<ChatMessage>, of id: ChatThreadID, _ query: MessageQuery,
    askedOn: Timestamp? = nil, _ turn: inout Turn
  ) {
    let isHistory = if case .older = query { true } else { false }
    let wasCurrent = conversations[id]?.isCurrent ?? false
    let latest = latestTime(turn)
    let newest = conversations[id]?.knownUpTo(latest) ?? .max
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
    if case .older(let link) = query {
      conversations[id]?.tookOlder(page, after: link)
    } else {
      let beginsWalk = isWalkOver(id)
      let seen = unseenSince(id)
      let reading = conversations[id]?.took(
        page, query, latest: latest, overlap: ClientState.overlap, beginsWalk: beginsWalk,
        unseenSince: seen)
      if let next = reading?.next { follow(FollowUp(thread: id, query: next), &turn) }
      if let seen, reading?.next == nil {
        let isWhole = conversations[id]?.coverage.reaches(from: seen) ?? false
        if isWhole || reading?.isCut ?? false { threads.noteCounted(in: id, isWhole: isWhole) }
      }
    }
    conversations[id]?.trim()
    switch query {
    case .newest, .since:
      conversations[id]?.isLoaded = true
      conversations[id]?.isCurrent = true
      let told = threads.entry(id)?.thread.lastMessageReceivedOn
      conversations[id]?.noteReading(
        page, latest: latest, on: page.servedOn ?? askedOn ?? turn.now, told: told)
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
    if wasCurrent, isMembershipChanged {
      noteRosterChange(in: id)
      askForPeople(of: id, &turn)
    }
    if threads.open == id { sendReceipt(&turn) }
  }

  /// The place after which all messages of a thread are unread; `nil` where none is, or the person looks.
  private func unseenSince(_ id: ChatThreadID) -> Int64? {
    guard let entry = threads.entry(id), id != threads.open, entry.isUnread else { return nil }
    return entry.seenUpTo == .epoch ? .min : entry.seenUpTo.milliseconds
  }

  /// Asks for a page that follows another, as soon as the pace allows.
  private mutating func follow(_ next: FollowUp, _ turn: inout Turn) {
    connection.followUps.append(next)
    catchUp(&turn)
  }
}

extension Conversation {
  /// So many pages that bring nothing are followed.
  private static let idlePages = 20

  /// So many messages are read at the first reading of a thread, if so many are unread, to be counted.
  private static let counted = 200

  /// How much the clocks of the service's machines may differ, in seconds, without a message being missed.
  private static let clockDifference: Int64 = 2

  /// The newest messages as of a moment, by the service's clock, came.
  ///
  /// Where it does not tell, the clock of this machine has to do.
  fileprivate mutating func noteReading(
    _ page: Page<ChatMessage>, latest: Timestamp, on moment: Timestamp, told: Timestamp?
  ) {
    if let told, told.seconds < moment.seconds &- Conversation.clockDifference {
      checkedFor = told
    }
    let moments = page.values.map(\.moment).filter { $0 <= latest }
    guard let newest = moments.max()?.seconds ?? unsureSecond else { return }
    unsureSecond =
      moment.seconds <= newest &+ Conversation.clockDifference ? newest : nil
  }

  /// A page from the newest message on, or one that follows it, was taken in.
  ///
  /// - Returns: What is to be read next, so that nothing is missing; `nil` when nothing is. `isCut` when the reading ended
  ///   before it came down to what the person has seen, for there is too much to be counted.
  fileprivate mutating func took(
    _ page: Page<ChatMessage>, _ query: MessageQuery, latest: Timestamp, overlap: Duration,
    beginsWalk: Bool, unseenSince: Int64?
  ) -> (next: MessageQuery?, isCut: Bool) {
    let oldest = page.values.map(\.id.place).min()
    let known = page.values.flatMap { [$0.version, $0.id.place] }
    let newest = known.filter { $0 <= latest.milliseconds }.max() ?? 0
    guard var reading = reading(query, overlap: overlap, unseenSince: unseenSince)
    else { return (nil, false) }
    reading.newest = max(reading.newest, newest)
    reading.idlePages = oldest.map { $0 < reading.reached } ?? false ? 0 : reading.idlePages + 1
    reading.reached = min(reading.reached, oldest ?? .max)
    reading.room -= page.values.count
    // A page may be empty and have others after it.
    let isShort =
      page.nextLink != nil && (reading.reached > reading.end || reading.reached == .max)
    if let link = page.nextLink, isShort, reading.room > 0 {
      guard link != reading.link, reading.idlePages < Conversation.idlePages else {
        // Nothing is known of what is below; the next list has it read again.
        chain = nil
        if reading.reached < .max { coverage.cover(from: reading.reached, to: reading.newest) }
        return (nil, false)
      }
      reading.link = link
      chain = reading
      // What it has so far stays when it breaks off; what is missing below is shown.
      coverage.cover(from: reading.reached, to: reading.newest)
      return (.more(nextLink: link, since: Timestamp(milliseconds: reading.end)), false)
    }
    chain = nil
    let isFirst = syncedUpTo == 0
    syncedUpTo = max(syncedUpTo, reading.newest)
    let hasAll = page.nextLink == nil && !reading.hasStart
    if reading.reached < .max {
      coverage.cover(
        from: reading.reached, to: max(reading.newest, reading.reached),
        joining: hasAll ? .min : isShort ? .max : reading.end, isBeginning: hasAll)
    }
    // Where there was nothing before, nothing was walked.
    if isFirst, page.nextLink != nil { hasBeginning = false }
    if beginsWalk || isFirst, !reading.hasStart, let newestAsked {
      walk = HistoryWalk(begun: newestAsked, reached: reading.reached, link: page.nextLink)
    }
    noteBeginning()
    return (nil, isShort && reading.room <= 0)
  }

  /// The reading that a page goes on with, or begins: back to what is known, or what the person has seen, or only itself when nothing is.
  ///
  /// `nil` for a page of one that was given up, between which and what was read since there may be others.
  private func reading(
    _ query: MessageQuery, overlap: Duration, unseenSince: Int64?
  ) -> MessageChain? {
    switch query {
    case .since(let start):
      return MessageChain(end: start.milliseconds, hasStart: true)
    case .newest where syncedUpTo > 0:
      let end = Timestamp(milliseconds: syncedUpTo) - overlap
      return MessageChain(end: end.milliseconds, hasStart: false)
    case .more(let link, _):
      return chain.flatMap { $0.link == link ? $0 : nil }
    case .newest, .older:
      guard let unseenSince else { return MessageChain(end: .max, hasStart: false) }
      return MessageChain(end: unseenSince, hasStart: false, room: Conversation.counted)
    }
  }
}
