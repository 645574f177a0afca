import ACSTypes

/// Reading what an earlier run kept: the first threads, then the rest.
extension ClientState {
  /// True while what happens is kept on this machine.
  var keepsHistory: Bool { settings.keepsHistory && kept.failure == nil }

  /// True unless what was restored is somebody else's than who signed in.
  var isHistoryOfUser: Bool { kept.account.map { $0 == session.session?.identity } ?? true }

  mutating func loadHistory(_ turn: inout Turn) {
    guard keepsHistory, !kept.isLoaded else { return }
    turn.ask(.loadHistory(firstThreads: KeptHistory.firstThreads), in: &self)
  }

  /// The first threads were read before the first frame, and some messages of one of them.
  mutating func historyRead(
    _ history: StoredHistory, _ first: StoredMessages?, _ turn: inout Turn
  ) {
    guard keepsHistory, !kept.isLoaded else { return }
    if let first {
      conversations[first.thread, default: Conversation()].restore(first, .newest)
      meetNameless(in: first)
    }
    historyLoaded(isWhole: false, .history(history), &turn)
  }

  mutating func historyLoaded(isWhole: Bool, _ result: EffectResult, _ turn: inout Turn) {
    switch result {
    // Another account's, if somebody else signed in meanwhile.
    case .history(let history) where isWhole && history.account != kept.account: break
    case .history(let history):
      let isFirst = !kept.isLoaded
      kept.isLoaded = true
      if let account = history.account {
        kept.account = account
        kept.isOpen = true
      }
      if history.isListRead { threads.wasReadBefore = true }
      for thread in history.threads { restore(thread) }
      contacts.merge(history.contacts) { known, _ in known }
      if isFirst { restoreOutbox(history.outbox, &turn) }
      if isWhole {
        kept.isWhole = true
      } else {
        threads.selected = threads.selected ?? threads.entries.first?.thread.id
        showFirstThread(&turn)
        turn.ask(.loadHistory(firstThreads: nil), in: &self)
      }
    case .failed(let error):
      historyFailed(error.message, &turn)
    default:
      break
    }
  }

  /// Somebody signed in: their history is turned to.
  mutating func openHistory(_ turn: inout Turn) {
    guard keepsHistory, let user = session.session?.identity else { return }
    kept.opening = user
    openHistoryIfDue(&turn)
  }

  /// Turns to another history once nothing is being saved to the one before.
  mutating func openHistoryIfDue(_ turn: inout Turn) {
    guard keepsHistory, let user = kept.opening, !unsaved.isSaving else { return }
    kept.opening = nil
    kept.isOpen = false
    turn.ask(.openHistory(user, firstThreads: KeptHistory.firstThreads), in: &self)
  }

  mutating func historyOpened(
    for user: CommunicationIdentifier, _ result: EffectResult, _ turn: inout Turn
  ) {
    switch result {
    case .done:
      kept.account = user
      kept.isOpen = true
      historyClock(&turn)
      sendQueued(&turn)
    case .history(let history):
      if let account = kept.account, account != user { forgetThreads() }
      kept.isLoaded = false
      kept.isWhole = false
      historyLoaded(isWhole: false, .history(history), &turn)
      kept.account = user
      kept.isOpen = true
      historyClock(&turn)
      sendQueued(&turn)
    case .failed(let error):
      historyFailed(error.message, &turn)
    default:
      break
    }
  }

  /// Lets go of messages that are too old: at the start, and once a day.
  mutating func historyClock(_ turn: inout Turn) {
    guard keepsHistory, kept.isOpen, let retention = settings.retention,
      kept.retentionDueOn.map({ $0 <= turn.now }) ?? true
    else { return }
    kept.retentionDueOn = turn.now + .seconds(86_400)
    keep(.retention(before: turn.now - retention))
  }

  /// Nothing can be kept: the client goes on in memory, and says so.
  mutating func historyFailed(_ reason: String, _ turn: inout Turn) {
    if session.session != nil, !isHistoryOfUser { forgetThreads() }
    kept.failure = reason
    unsaved = UnsavedHistory()
    outbox.releaseAll()
    say(.failure("Nothing is kept on this machine: \(reason)"), &turn)
    sendQueued(&turn)
  }

  private mutating func restore(_ stored: StoredThread) {
    guard threads.restore(stored) else { return }
    conversations[stored.thread.id, default: Conversation()].restore(stored)
    if threads.open == stored.thread.id, composer.isEmpty, composer.editing == nil {
      composer = Composer(text: stored.draft)
    }
  }
}

extension Conversation {
  /// Takes in what was kept of a thread; what came since stays.
  mutating func restore(_ stored: StoredThread) {
    if participants.isEmpty { participants = stored.participants }
    for receipt in stored.receipts where receipts[receipt.sender] == nil {
      receipts[receipt.sender] = receipt
    }
    if draft.isEmpty { draft = stored.draft }
    newestVersion = max(newestVersion, stored.newestVersion)
    if syncedUpTo == 0 {
      syncedUpTo = stored.newestVersion
      unsureSecond = stored.unsureSecond
    }
    for stretch in stored.coverage {
      coverage.cover(
        from: stretch.oldest, to: stretch.newest, isBeginning: stretch.reachesBeginning)
    }
  }
}
