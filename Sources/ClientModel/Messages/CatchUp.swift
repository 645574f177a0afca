import ACSTypes

/// Reading what is missing of threads that nobody looks at, and the pages that follow others, at a modest pace.
extension ClientState {
  /// Finds the threads in a page of the list of which messages are missing.
  ///
  /// `isKnown` is false for the first list of all, whose threads count as seen.
  mutating func noteBehind(
    _ page: [ChatThread], _ changes: [ThreadList.Change], isKnown: Bool
  ) {
    guard isKnown else { return }
    for change in changes where isBehind(change) { addBehind(change.thread) }
    for thread in page where isPartlyRead(thread) { addBehind(thread.id) }
    for thread in page where isUnsure(thread) { addBehind(thread.id) }
  }

  /// Asks for the next pages that may go.
  mutating func catchUp(_ turn: inout Turn) {
    guard session.isUsable(at: turn.now), connection.problem == nil,
      connection.pagesDueOn.map({ $0 <= turn.now }) ?? true
    else { return }
    connection.pagesDueOn = nil
    while let next = nextPage() {
      if let free = connection.paces.spend(.pages, at: turn.now) {
        connection.pagesDueOn = free
        return
      }
      connection.walkedLast = if case .older = next { true } else { false }
      switch next {
      case .following(let next):
        connection.followUps.removeAll { $0 == next }
        askForMessages(next.thread, next.query, &turn)
      case .single(let id, let message):
        conversations[id]?.unsure = nil
        connection.paces.note(.messages(id), at: turn.now)
        turn.ask(.readMessage(id, message), in: &self)
      case .behind(let next):
        connection.behind.remove(next.thread)
        if case .newest = next.query {
          askForNewest(of: next.thread, &turn)
        } else {
          askForMessages(next.thread, next.query, &turn)
        }
      case .older(let next):
        askForMessages(next.thread, next.query, &turn)
      }
    }
  }

  /// What is read at the pace of pages.
  private enum NextPage {
    /// A page that goes on where another ended.
    case following(FollowUp)
    /// One message that the person went to.
    case single(ChatThreadID, ChatMessageID)
    /// The first page of a thread that nobody looks at.
    case behind(FollowUp)
    /// The next older page of the open thread.
    case older(FollowUp)
  }

  private func nextPage() -> NextPage? {
    if let (id, message) = nextUnsure(), !isHeld(id) { return .single(id, message) }
    let older = nextWalk().flatMap { isHeld($0.thread) ? nil : $0 }
    // In turns, so that many pages of the one kind do not keep the other waiting for ever.
    if let older, !connection.walkedLast { return .older(older) }
    if let next = nextFollowUp() { return .following(next) }
    if let next = nextBehind() { return .behind(next) }
    return older.map { .older($0) }
  }

  /// The threads that are to be read and that the service wants to be left alone.
  private var heldThreads: [ChatThreadID] {
    // There may be very many of them, and hardly ever one that only its pace holds.
    let first =
      connection.holds.isEmpty ? connection.behind.first : connection.behind.first(where: isHeld)
    let walk = nextWalk()?.thread ?? nextUnsure()?.0
    return ([first, walk].compactMap(\.self) + connection.followUps.map(\.thread)).filter(isHeld)
  }

  private func isHeld(_ id: ChatThreadID) -> Bool {
    connection.end(ofMessages: id, isWalk: true, at: now) != nil
  }

  private func nextFollowUp() -> FollowUp? {
    // What the person looks at goes before the rest, and is not polled meanwhile.
    connection.followUps.first { $0.thread == threads.open && !isHeld($0.thread) }
      ?? connection.followUps.first { !isHeld($0.thread) }
  }

  var catchUpDeadline: Timestamp? {
    guard session.isUsable(at: now), connection.problem == nil else { return nil }
    let held = heldThreads.compactMap {
      connection.end(ofMessages: $0, isWalk: true, at: now)
    }
    return ([connection.pagesDueOn].compactMap(\.self) + held).min()
  }

  /// The first thread that is behind, while none of them is being read.
  private func nextBehind() -> FollowUp? {
    guard !isCatchingUp, let id = connection.behind.first(where: { !isHeld($0) }) else {
      return nil
    }
    let synced = conversations[id]?.syncedUpTo ?? 0
    guard synced > 0 else { return FollowUp(thread: id, query: .newest) }
    let start = Timestamp(milliseconds: synced) - ClientState.overlap
    return FollowUp(thread: id, query: .since(start))
  }

  private var isCatchingUp: Bool {
    ledger.contains {
      if case .listMessages(let id, let query) = $0 {
        if case .older = query { false } else { id != threads.open }
      } else {
        false
      }
    }
  }

  mutating func addBehind(_ id: ChatThreadID) {
    guard id != threads.open, conversations[id]?.chain == nil,
      threads.entry(id)?.standing == .member
    else { return }
    connection.behind.append(id)
  }

  /// True when the list tells a later message than is known.
  private func isBehind(_ change: ThreadList.Change) -> Bool {
    guard let last = threads.entry(change.thread)?.thread.lastMessageReceivedOn else {
      return false
    }
    return change.before.map { last > $0 } ?? true
  }

  /// True when there may be messages of which the list cannot tell: in the second of the newest one, or before the first
  /// that an event told in a thread into which the user came.
  private func isPartlyRead(_ thread: ChatThread) -> Bool {
    guard let conversation = conversations[thread.id] else { return false }
    if let second = conversation.unsureSecond {
      return thread.lastMessageReceivedOn?.seconds == second
    }
    guard conversation.syncedUpTo == 0, !conversation.isCurrent,
      let entry = threads.entry(thread.id)
    else { return false }
    return entry.isUnread && entry.seenUpTo == .epoch
  }

  /// True when a message may be missing of a thread that has been read before, or of one that events alone told of: one
  /// that came may hide that the one before it was lost.
  ///
  /// Read after the time that the list tells, it is not read for the same time again.
  private func isUnsure(_ thread: ChatThread) -> Bool {
    guard let last = thread.lastMessageReceivedOn, let conversation = conversations[thread.id],
      conversation.checkedFor != last
    else { return false }
    let synced = conversation.syncedUpTo
    guard synced > 0 else {
      return threads.entry(thread.id)?.isUnread ?? false
    }
    return last.seconds > Timestamp(milliseconds: synced).seconds
  }

  /// A thread's messages are in memory now or looked at; those of threads used long ago are let go of.
  mutating func noteWindow(of id: ChatThreadID) {
    kept.windows.note(id)
    guard kept.windows.count > KeptHistory.windowLimit else { return }
    var passed = 0
    while let oldest = kept.windows.oldest(after: passed) {
      passed = oldest.number
      guard oldest.id != threads.open, oldest.id != id,
        conversations[oldest.id]?.letGo() ?? true
      else { continue }
      return kept.windows.remove(oldest.id)
    }
  }
}
