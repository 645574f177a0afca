public import ACSTypes

extension ClientState {
  /// When ``Event/clockAdvanced`` is wanted next; `nil` when nothing waits for time to pass.
  ///
  /// It does not move with the passing of time alone, so that an idle client sleeps from poll to poll.
  public var nextDeadline: Timestamp? {
    [
      ledger.nextDeadline, sessionDeadline, connectionDeadline, outboxDeadline, gatewayDeadline,
      callDeadline, eventsDeadline, connection.typingEndsOn,
      connection.receiptDueOn, connection.directoryDueOn, namesDeadline,
      historyDeadline, kept.draftDueOn, catchUpDeadline,
      searchDueOn, leavesOn,
      notice?.expiresOn, countdownDeadline,
    ].compactMap(\.self).min()
  }

  /// When the disk is wanted next; while it is being turned to somebody else's history it takes nothing.
  private var historyDeadline: Timestamp? {
    guard kept.isOpen, kept.failure == nil else { return nil }
    return [unsaved.isSaving ? nil : unsaved.retryOn, kept.retentionDueOn].compactMap(\.self).min()
  }

  /// True when the clock's event comes so late that the machine must have slept meanwhile.
  func isLongOverdue(at occurrence: Occurrence) -> Bool {
    guard case .clockAdvanced = occurrence.event, let deadline = nextDeadline else { return false }
    return occurrence.now - deadline > .seconds(60)
  }

  /// The next whole second, while something on the screen counts seconds.
  private var countdownDeadline: Timestamp? {
    guard isCounting else { return nil }
    return Timestamp(seconds: now.seconds + 1)
  }

  /// True while the screen shows a number that changes every second.
  private var isCounting: Bool {
    if interface.pane == .tokenFlow || session.prompt != nil { return true }
    if [session.problem, connection.problem].contains(where: { $0?.retryOn != nil }) {
      return true
    }
    if heldOlderUntil != nil { return true }
    if session.isUsable(at: now), connectionStatus.retryOn != nil { return true }
    return calls.current != nil || !calls.ringing.isEmpty
  }
}
