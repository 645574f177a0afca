import ACSTypes

/// Opening the channel of events, and opening it again.
extension ClientState {
  /// How long a channel has to hold before its next loss counts as a first one.
  private static let steady = Duration.seconds(60)

  mutating func openEvents(_ turn: inout Turn) {
    guard settings.wantsEvents, session.isUsable(at: turn.now),
      !ledger.contains(where: { $0 == .openEvents })
    else { return }
    switch connection.events {
    case .unsupported: return
    case .waiting(let retryOn, _, _) where retryOn > turn.now: return
    default: break
    }
    if case .waiting(_, let attempts, _) = connection.events {
      connection.eventAttempts = attempts
    }
    connection.events = .connecting
    turn.ask(.openEvents, in: &self)
  }

  mutating func eventsSignalled(_ signal: ChatEventSignal, _ turn: inout Turn) {
    switch signal {
    case .connected:
      connection.events = .live(since: turn.now)
      // What happened before the channel stood is nowhere but in the lists.
      resync(&turn)
    case .eventsLost:
      resync(&turn)
    case .event(let event):
      connection.lastEventOn = turn.now
      take(event, &turn)
    }
  }

  mutating func eventsEnded(_ result: EffectResult, _ turn: inout Turn) {
    var reason = "The channel of events was closed."
    var delay: Duration?
    if case .live(let since) = connection.events, turn.now - since >= ClientState.steady {
      connection.eventAttempts = 0
    }
    connection.eventAttempts += 1
    if case .failed(let error) = result {
      if error.code == .unsupported {
        connection.events = .unsupported
        return
      }
      if error.isAuthFailure { authFailed(error, &turn) }
      reason = error.message
      delay = error.retryAfter
    }
    let pause = BackOff.delay(
      after: ServiceError(.unreachable, reason), attempts: connection.eventAttempts,
      isSlow: false, fraction: turn.fraction())
    connection.events = .waiting(
      retryOn: turn.now + max(delay ?? .zero, pause ?? .seconds(30)),
      attempts: connection.eventAttempts, reason: reason)
    resync(&turn)
  }

  /// Reads the list and the open thread anew, with the overlap that brings what was missed.
  mutating func resync(_ turn: inout Turn) {
    guard session.isUsable(at: turn.now), connection.problem == nil else { return }
    connection.listDueOn = turn.now
    if threads.open != nil {
      connection.openThreadDueOn = turn.now
      connection.fullPageDueOn = turn.now
    }
    connectionClock(&turn)
  }

  mutating func eventsClock(_ turn: inout Turn) {
    if case .waiting(let retryOn, _, _) = connection.events, retryOn <= turn.now {
      openEvents(&turn)
    }
  }

  var eventsDeadline: Timestamp? {
    guard case .waiting(let retryOn, _, _) = connection.events, session.isUsable(at: now) else {
      return nil
    }
    return retryOn
  }
}
