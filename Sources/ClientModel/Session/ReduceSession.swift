import ACSTypes

/// Sign-in and renewal: asks for a token at start, when one is due and after failures.
extension ClientState {
  mutating func renewToken(_ turn: inout Turn) {
    guard !isRenewing else { return }
    turn.ask(.renewToken, in: &self)
  }

  /// The person does not want to wait: whatever is in trouble is tried now, and without any a new token is fetched.
  ///
  /// While a code waits to be typed in, they are shown it.
  mutating func tryNow(_ turn: inout Turn) {
    if session.prompt != nil {
      toggle(.signIn)
    } else if session.problem != nil || !session.isUsable(at: turn.now)
      || interface.pane == .tokenFlow
    {
      renewToken(&turn)
    } else if let problem = connection.problem, problem.retryOn != nil {
      connection.problem?.retryOn = turn.now
      if !isListing { retryConnection(&turn) }
    } else if case .waiting = connection.events {
      retryEvents(&turn)
    } else {
      renewToken(&turn)
    }
  }

  /// Somebody has to do something in a browser, or has no longer.
  mutating func prompted(_ prompt: SignInPrompt?, _ turn: inout Turn) {
    session.prompt = prompt
    guard let prompt else {
      if interface.pane == .signIn { interface.pane = nil }
      return
    }
    ledger.extend(to: prompt.expiresOn + Effect.Action.renewToken.allowance) { $0 == .renewToken }
    // Whoever can still write is not interrupted: the banner tells.
    if !session.isUsable(at: turn.now), interface.pane == nil { toggle(.signIn) }
  }

  mutating func tokenFinished(_ result: EffectResult, _ turn: inout Turn) {
    prompted(nil, &turn)
    switch result {
    case .session(let session) where session.expiresOn <= turn.now:
      // What comes too late is of no use, and asking at once for another would go round and round.
      authFailed(
        ServiceError(.authFailed, "The token service gave a token that has expired."), &turn)
    case .session(let session):
      let isFirst = self.session.session == nil
      let previous = self.session.problem
      let isChanged = self.session.session.map { $0.identity != session.identity } ?? false
      self.session.session = session
      self.session.problem = nil
      if session.renewOn <= turn.now {
        // A token that is due the moment it comes: the next is asked for later and later, up to its end.
        let stale = ServiceError(
          .badAnswer, "The token service gave a token that is about to expire.")
        self.session.problem = .following(previous, stale, in: &turn)
      }
      if isChanged { forgetAccount(&turn) }
      if isFirst || isChanged {
        openHistory(&turn)
        refreshThreads(&turn)
        readOpenThread(&turn)
        openGateway(&turn)
        openEvents(&turn)
        sendQueued(&turn)
      } else {
        reopenEvents(&turn)
        if connection.problem != nil {
          connection.problem?.retryOn = turn.now
          retryConnection(&turn)
        } else {
          // What waited for a usable token goes on.
          sendQueued(&turn)
        }
      }
    case .failed(let error) where error.isAuthFailure:
      authFailed(error, &turn)
    case .failed(let error):
      session.problem = .following(session.problem, error, in: &turn)
    default:
      break
    }
  }

  /// Nobody is let in: the next try is later each time, until Chat takes a token, or the person asks for it.
  mutating func authFailed(_ error: ServiceError, _ turn: inout Turn) {
    session.authFailures += 1
    session.problem = Problem(
      error, attempts: session.authFailures, isSlow: true, in: &turn)
  }

  mutating func sessionClock(_ turn: inout Turn) {
    if let problem = session.problem {
      if problem.isDue(at: turn.now) { renewToken(&turn) }
    } else if let session = session.session, session.renewOn <= turn.now {
      renewToken(&turn)
    }
  }

  var sessionDeadline: Timestamp? {
    guard !isRenewing else { return nil }
    if let problem = session.problem { return problem.retryOn }
    return session.session?.renewOn
  }

  /// True while a token is being fetched.
  public var isRenewing: Bool {
    ledger.contains { $0 == .renewToken }
  }

  private mutating func forgetAccount(_ turn: inout Turn) {
    forgetThreads()
    closeEvents(&turn)
  }

  /// What is shown is another user's.
  mutating func forgetThreads() {
    threads = ThreadList()
    conversations = [:]
    outbox = Outbox()
    contacts = [:]
    questions = NameQuestions()
    if interface.pane == .search { interface.pane = nil }
    search = nil
    kept.forget()
    unsaved.changes = []
    unsaved.threads = []
    unsaved.retryOn = nil
    composer = Composer()
    connection.wasLive = false
    connection.eventsCause = nil
    connection.behind = ThreadQueue()
    connection.followUps = []
    connection.nextList = nil
    connection.unmet = ThreadQueue()
    connection.holds = ReadHolds()
    connection.waits = WaitingReads()
    connection.refusals = [:]
    interface.focus = .threads
  }
}
