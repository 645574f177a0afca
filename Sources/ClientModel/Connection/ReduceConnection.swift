import ACSTypes

/// When Chat is asked, and what happens when it does not answer.
extension ClientState {
  mutating func connectionClock(_ turn: inout Turn) {
    guard session.isUsable(at: turn.now) else { return }
    if connection.problem != nil {
      retryConnection(&turn)
      return
    }
    askForLists(&turn)
    if let due = connection.listDueOn, due <= turn.now { refreshThreads(&turn) }
    if let due = connection.openThreadDueOn, due <= turn.now { pollOpenThread(&turn) }
    readWaiting(&turn)
  }

  /// One request tries the service again; the rest follows when it answers.
  mutating func retryConnection(_ turn: inout Turn) {
    guard let problem = connection.problem, problem.isDue(at: turn.now) else { return }
    refreshThreads(&turn)
    // The service asked to be left alone until then.
    if !isListing { connection.problem?.retryOn = connection.listDueOn }
  }

  mutating func chatAnswered(_ turn: inout Turn) {
    connection.lastAnswerOn = turn.now
    session.authFailures = 0
    guard connection.problem != nil else { return }
    connection.problem = nil
    askForLists(&turn)
    if threads.open != nil { connection.openThreadDueOn = turn.now }
    openEvents(&turn)
    sendQueued(&turn)
    pollOpenThread(&turn)
    catchUp(&turn)
  }

  /// Notes trouble that concerns the whole service, not one request.
  mutating func chatFailed(_ error: ServiceError, _ turn: inout Turn) {
    switch error.code {
    case .unreachable, .timedOut, .serviceFailed, .throttled, .badAnswer, .certificateRefused,
      .unauthenticated:
      connection.problem = .following(connection.problem, error, in: &turn)
      // The list is read from its first page when the service answers again.
      connection.nextList = nil
    case .authFailed, .signInNeeded:
      authFailed(error, &turn)
      // Chat waits for the next token, whenever that comes.
      connection.problem = Problem(error: error, attempts: 1, retryOn: nil)
      connection.nextList = nil
    case .cancelled:
      break
    default:
      say(.failure(error.message), &turn)
    }
  }

  /// A reading failed: the service may only want that one to wait, and everything else goes on.
  mutating func readFailed(
    _ error: ServiceError, of reading: ReadHolds.Reading, _ turn: inout Turn
  ) {
    guard error.code == .throttled else { return chatFailed(error, &turn) }
    connection.holds.note(error, of: reading, in: &turn)
    // It is there, and answers.
    chatAnswered(&turn)
  }

  mutating func noteActivity(_ turn: Turn) {
    let wasIdle = turn.now - connection.lastActivityOn > cadence.activeSpan
    connection.lastActivityOn = turn.now
    if wasIdle, connection.openThreadDueOn != nil { connection.openThreadDueOn = turn.now }
  }

  var connectionDeadline: Timestamp? {
    guard session.isUsable(at: now) else { return nil }
    if let problem = connection.problem { return isListing ? nil : problem.retryOn }
    let list = isListing ? nil : connection.listDueOn
    // The pages that follow wait by themselves.
    let isChained = threads.open.map { conversations[$0]?.chain != nil } ?? false
    let open = isReadingOpenThread || isChained ? nil : connection.openThreadDueOn
    return [list, open, connection.listsDueOn, connection.waits.next].compactMap(\.self).min()
  }

  var isListing: Bool {
    connection.nextList != nil
      || ledger.contains { if case .listThreads = $0 { true } else { false } }
  }

  var isReadingOpenThread: Bool {
    ledger.contains {
      if case .listMessages(let id, let query) = $0 {
        if case .older = query { false } else { id == threads.open }
      } else {
        false
      }
    }
  }
}
