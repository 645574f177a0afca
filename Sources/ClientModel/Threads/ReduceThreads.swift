import ACSTypes

/// The thread list: reading it, moving in it, opening a thread.
extension ClientState {
  mutating func refreshThreads(_ turn: inout Turn) {
    guard !isListing else { return }
    if let free = connection.holds.end(of: .threads, at: turn.now)
      ?? connection.paces.spend(.threads, at: turn.now)
    {
      connection.listDueOn = free
      return
    }
    threads.beginReading()
    turn.ask(.listThreads(next: nil), in: &self)
  }

  /// Asks for the next page of the list, and about threads of which nothing is known, as the pace allows.
  mutating func askForLists(_ turn: inout Turn) {
    guard session.isUsable(at: turn.now), connection.problem == nil else { return }
    connection.listsDueOn = nil
    while connection.nextList != nil || connection.unmet.first != nil {
      if let free = connection.holds.end(of: .threads, at: turn.now)
        ?? connection.paces.spend(.threads, at: turn.now)
      {
        connection.listsDueOn = free
        return
      }
      if let link = connection.nextList {
        connection.nextList = nil
        turn.ask(.listThreads(next: link), in: &self)
      } else if let id = connection.unmet.first {
        connection.unmet.removeFirst()
        turn.ask(.readThread(id), in: &self)
      }
    }
  }

  mutating func threadsFinished(next: String?, _ result: EffectResult, _ turn: inout Turn) {
    switch result {
    case .threads(let page):
      connection.holds.end(.threads)
      let wasLoaded = threads.isLoaded
      let before = threads.open.flatMap { threads.entry($0)?.thread.lastMessageReceivedOn }
      noteServiceTime(page.servedOn, turn)
      let latest = latestTime(turn)
      let values = page.values.map { $0.withoutTimes(after: latest) }
      let active = values.filter(isNewlyActive).map(\.id)
      let isKnown = wasLoaded || threads.wasReadBefore
      let changes = threads.take(values, isLast: page.nextLink == nil)
      for change in changes { keepThread(change.thread) }
      noteBehind(values, changes, isKnown: isKnown)
      if let link = page.nextLink, link != next {
        connection.nextList = link
        askForLists(&turn)
      } else {
        dropVanishedThread(&turn)
        tellRefusals(&turn)
        threads.selected = threads.selected ?? threads.entries.first?.thread.id
        if !isKnown { keep(.listRead) }
        if !wasLoaded { showFirstThread(&turn) }
        scheduleList(turn)
      }
      if connection.events.isLive {
        connection.watch.listRead(active: active, isLast: page.nextLink == nil, now: turn.now)
      }
      catchUp(&turn)
      chatAnswered(&turn)
      if let open = threads.open, threads.entry(open)?.thread.lastMessageReceivedOn != before {
        pollOpenThread(&turn)
      }
    case .failed(let error):
      scheduleList(turn)
      readFailed(error, of: .threads, &turn)
      if let end = connection.holds.end(of: .threads, at: turn.now) { connection.listDueOn = end }
    default:
      break
    }
  }

  mutating func openThread(_ id: ChatThreadID, _ turn: inout Turn) {
    guard threads.contains(id) else { return }
    threads.selected = id
    guard threads.open != id else {
      interface.focus = .composer
      // It may have been shown while nobody looked.
      if threads.markSeen(id) { keepThread(id) }
      return
    }
    keepDraft()
    if let left = threads.open { conversations[left]?.leftOff = nil }
    let entry = threads.entry(id)
    connection.threadOpened(insteadOf: threads.open, at: turn.now)
    threads.open = id
    if threads.markSeen(id) { keepThread(id) }
    if conversations[id] == nil { conversations[id] = Conversation() }
    noteWindow(of: id)
    loadNewest(of: id, &turn)
    conversations[id]?.leftOff = (entry?.isUnread ?? false) ? entry?.seenUpTo : nil
    composer = conversations[id]?.unfinishedEdit ?? Composer(text: conversations[id]?.draft ?? "")
    conversations[id]?.unfinishedEdit = nil
    interface.focus = .composer
    readOpenThread(&turn)
  }

  /// Asks the service for the open thread's messages and people, if somebody is signed in.
  mutating func readOpenThread(_ turn: inout Turn) {
    guard let id = threads.open else { return }
    connection.openThreadDueOn = turn.now
    connection.fullPageDueOn = turn.now
    guard session.isUsable(at: turn.now), readOnlyReason == nil else { return }
    pollOpenThread(&turn)
    askForPeople(of: id, &turn)
  }

  mutating func moveThreadSelection(by step: Int) {
    guard !threads.entries.isEmpty else { return }
    let index = threads.selectedIndex ?? (step > 0 ? -1 : threads.entries.count)
    let target = min(max(index + step, 0), threads.entries.count - 1)
    threads.selected = threads.entries[target].thread.id
  }

  /// Opens the thread `step` places after the open one, round and round.
  mutating func openNeighbour(by step: Int, _ turn: inout Turn) {
    guard !threads.entries.isEmpty else { return }
    let count = threads.entries.count
    let index = threads.open.flatMap { threads.index(of: $0) } ?? (step > 0 ? -1 : 0)
    openThread(threads.entries[((index + step) % count + count) % count].thread.id, &turn)
  }

  /// True when the list tells of something in a thread that was known and is not read by itself.
  private func isNewlyActive(_ thread: ChatThread) -> Bool {
    guard thread.id != threads.open, let entry = threads.entry(thread.id),
      let last = thread.lastMessageReceivedOn
    else { return false }
    return last > entry.thread.lastMessageReceivedOn ?? .epoch
  }

  /// The open thread's entry.
  public var openEntry: ThreadList.Entry? {
    threads.open.flatMap(threads.entry)
  }

  /// While no thread is open, the list is what somebody waits for.
  private mutating func scheduleList(_ turn: Turn) {
    let quiet = turn.now - connection.lastActivityOn
    let interval =
      connection.events.isLive
      ? cadence.live
      : threads.open == nil ? cadence.openInterval(sinceActivity: quiet) : cadence.list
    connection.listDueOn = turn.now + interval
  }

  /// Opens the first thread, unless one is open.
  mutating func showFirstThread(_ turn: inout Turn) {
    guard threads.open == nil, let first = threads.entries.first else { return }
    openThread(first.thread.id, &turn)
  }

  private mutating func dropVanishedThread(_ turn: inout Turn) {
    guard let reason = readOnlyReason else {
      // Let in again: it is read as any open thread is.
      if threads.open != nil, connection.openThreadDueOn == nil, !isReadingOpenThread {
        connection.openThreadDueOn = turn.now
      }
      return
    }
    guard connection.openThreadDueOn != nil else { return }
    connection.openThreadDueOn = nil
    say(.information(reason), &turn)
  }

  /// Keeps what the person is writing, before the composer shows something else or nothing.
  mutating func keepDraft() {
    guard let open = threads.open else { return }
    guard composer.editing == nil else {
      conversations[open]?.unfinishedEdit = composer
      return
    }
    guard conversations[open]?.draft != composer.text else { return }
    conversations[open]?.draft = composer.text
    keep(.draft(open, composer.text))
  }
}
