import ACSTypes

/// Reading again what is shown of before: the service's pages, one after the other, down to where the person looks.
///
/// Chat can only be read from its newest message down, and tells in no other way what changed while nobody listened.
extension ClientState {
  /// The next page of the open thread that is to be read, for what is shown or for what is before it.
  func nextWalk() -> FollowUp? {
    guard let id = threads.open, isWalking(id), readOnlyReason == nil,
      let walk = conversations[id]?.walk, walk.begun.breaks == connection.eventBreaks,
      let link = walk.link, !isReadingOlder(id)
    else { return nil }
    return FollowUp(thread: id, query: .older(nextLink: link))
  }

  /// True while pages of the open thread are wanted that were not read again yet.
  func isWalking(_ id: ChatThreadID) -> Bool {
    guard id == threads.open, let conversation = conversations[id], let walk = conversation.walk,
      walk.link != nil, !walk.isBroken
    else { return false }
    if let wanted = conversation.olderWanted, walk.reached >= wanted { return true }
    return conversation.lookedAt(rows: viewport.rows).map { $0 < walk.reached } ?? false
  }

  /// True when a newest page that comes now begins another walk: that of before does not tell any more what is so.
  func isWalkOver(_ id: ChatThreadID) -> Bool {
    guard let walk = conversations[id]?.walk, walk.begun.breaks == connection.eventBreaks,
      !walk.isBroken
    else { return true }
    // One that is not yet where it is wanted would never get there.
    return !connection.events.isLive && now - walk.begun.on >= walk.holds && !isWalking(id)
  }

  /// True when a message was read since something may have happened to it that nobody told.
  func isFresh(_ message: ChatMessageID, in id: ChatThreadID) -> Bool {
    guard let walk = conversations[id]?.walk else { return false }
    return message.place >= walk.reached && !isWalkOver(id)
  }

  /// The message that the person went to, which is to be read by itself.
  func nextUnsure() -> (ChatThreadID, ChatMessageID)? {
    guard let id = threads.open, readOnlyReason == nil,
      let message = conversations[id]?.unsure
    else { return nil }
    return (id, message)
  }

  /// Asks for the newest page of a thread.
  mutating func askForNewest(of id: ChatThreadID, _ turn: inout Turn) {
    conversations[id]?.newestAsked = HistoryWalk.Beginning(
      breaks: connection.eventBreaks, on: turn.now)
    askForMessages(id, .newest, &turn)
  }

  mutating func messageRead(_ id: ChatThreadID, _ result: EffectResult, _ turn: inout Turn) {
    switch result {
    case .messages(let page):
      for message in page.values { arrived(message, in: id, isHistory: true, &turn) }
    case .failed(let error) where error.code == .throttled:
      readFailed(error, of: .messages(id), &turn)
    default:
      // It is read with those around it.
      break
    }
  }

  /// The service did not tell the page that a link leads to.
  mutating func walkFailed(_ error: ServiceError, of id: ChatThreadID, _ turn: inout Turn) {
    switch error.code {
    case .unreachable, .timedOut, .serviceFailed, .throttled, .badAnswer, .unauthenticated,
      .authFailed, .signInNeeded, .certificateRefused, .cancelled:
      readFailed(error, of: .messages(id), &turn)
    default:
      let isWaitedFor = conversations[id]?.olderWanted != nil
      conversations[id]?.walk?.isBroken = true
      conversations[id]?.olderWanted = nil
      if isWaitedFor { say(.failure(error.message), &turn) }
    }
  }

  func isReadingOlder(_ id: ChatThreadID) -> Bool {
    ledger.contains { if case .listMessages(id, .older) = $0 { true } else { false } }
  }
}

extension Conversation {
  /// The place of the oldest message that may be in sight, or soon: two screens up.
  func lookedAt(rows: Int) -> Int64? {
    guard !messages.isEmpty else { return nil }
    let index =
      switch anchor {
      case .bottom: messages.count
      case .row(let place, _): messages.insertionIndex(of: place)
      }
    return messages.place(at: min(max(0, index - 2 * rows), messages.count - 1))
  }

  /// An older page was taken in: the one that the walk wanted, or one that nothing goes on from any more.
  mutating func tookOlder(_ page: Page<ChatMessage>, after link: String) {
    guard let known = walk, known.link == link else { return }
    let places = page.values.map(\.id.place)
    let oldest = min(known.reached, places.min() ?? .max)
    // A first page without messages reached nothing.
    let top = known.reached < .max ? known.reached : places.max()
    if let top { coverage.cover(from: oldest, to: top, isBeginning: page.nextLink == nil) }
    walk?.reached = oldest
    walk?.link = page.nextLink
    walk?.pages += 1
    walk?.isBroken = page.nextLink == link
    if let wanted = olderWanted, oldest < wanted || page.nextLink == nil { olderWanted = nil }
    noteBeginning()
    trimNewest()
  }

  /// Notes whether the oldest message in memory is the oldest of all.
  mutating func noteBeginning() {
    guard !messages.isEmpty else {
      if let walk, walk.link == nil, walk.reached == .max { hasBeginning = true }
      return
    }
    let first = messages.place(at: 0)
    if let walk, walk.link == nil, first <= walk.reached { hasBeginning = true }
    if isStoreRead, coverage.stretch(at: first)?.reachesBeginning ?? false { hasBeginning = true }
  }
}
