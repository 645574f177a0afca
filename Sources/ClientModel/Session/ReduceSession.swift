import ACSTypes

/// Sign-in and renewal: asks for a token at start, when one is due and after failures.
extension ClientState {
  mutating func renewToken(_ turn: inout Turn) {
    guard !ledger.contains(where: { $0 == .renewToken }) else { return }
    turn.ask(.renewToken, in: &self)
  }

  mutating func tokenFinished(_ result: EffectResult, _ turn: inout Turn) {
    switch result {
    case .session(let session):
      let isFirst = self.session.session == nil
      let isChanged = self.session.session.map { $0.identity != session.identity } ?? false
      self.session.session = session
      self.session.problem = nil
      if isChanged { forgetAccount() }
      if isFirst || isChanged {
        refreshThreads(&turn)
        openGateway(&turn)
      } else if connection.problem != nil {
        connection.problem?.retryOn = turn.now
        retryConnection(&turn)
      }
    case .failed(let error):
      session.problem = .following(session.problem, error, in: &turn)
    default:
      break
    }
  }

  mutating func sessionClock(_ turn: inout Turn) {
    if let problem = session.problem {
      if problem.retryOn <= turn.now { renewToken(&turn) }
    } else if let session = session.session, session.renewOn <= turn.now {
      renewToken(&turn)
    }
  }

  var sessionDeadline: Timestamp? {
    guard !ledger.contains(where: { $0 == .renewToken }) else { return nil }
    return session.problem?.retryOn ?? session.session?.renewOn
  }

  private mutating func forgetAccount() {
    threads = ThreadList()
    conversations = [:]
    interface.focus = .threads
  }
}
