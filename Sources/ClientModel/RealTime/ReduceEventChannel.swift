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
      // One that was given up may still say so.
      guard ledger.contains(where: { $0 == .openEvents }) else { return }
      connection.events = .live(since: turn.now)
      connection.watch = EventWatch()
      connection.wasLive = true
      connection.eventsCause = nil
      connection.eventBreaks += 1
      // What happened before the channel stood is nowhere but in the lists.
      resync(&turn)
    case .eventsLost:
      connection.watch = EventWatch()
      connection.eventBreaks += 1
      resync(&turn)
    case .event(let event):
      connection.lastEventOn = turn.now
      connection.watch.told(event.thread)
      take(event, &turn)
    }
  }

  mutating func eventsEnded(_ result: EffectResult, _ turn: inout Turn) {
    guard case .failed(let error) = result else {
      let words = "The channel of events was closed."
      return eventsBroke(ServiceError(.unreachable, words), &turn)
    }
    guard error.code != .unsupported else {
      connection.events = .unsupported
      return
    }
    eventsBroke(error, &turn)
  }

  /// The channel is gone: it is opened again after a while, and at once with the next token.
  ///
  /// Whether the user is let in is for Chat to say; a service of events that refuses them is only asked less often.
  private mutating func eventsBroke(_ error: ServiceError, _ turn: inout Turn) {
    if case .live(let since) = connection.events, turn.now - since >= ClientState.steady {
      connection.eventAttempts = 0
    }
    connection.eventAttempts += 1
    var cause = error
    if !error.isAuthFailure { cause.code = .unreachable }
    let pause = BackOff.delay(
      after: cause, attempts: connection.eventAttempts, isSlow: error.isAuthFailure,
      fraction: turn.fraction())
    connection.eventsCause = error.message
    connection.events = .waiting(
      retryOn: turn.now + (pause ?? .seconds(300)), attempts: connection.eventAttempts,
      reason: error.message)
    resync(&turn)
  }

  /// There is another token: a channel that waits may be opened with it.
  mutating func reopenEvents(_ turn: inout Turn) {
    guard case .waiting(_, let attempts, let reason) = connection.events else { return }
    connection.events = .waiting(retryOn: turn.now, attempts: attempts, reason: reason)
    openEvents(&turn)
  }

  /// Gives a channel up that is open or on its way.
  mutating func closeEvents(_ turn: inout Turn) {
    for id in ledger.ids(where: { $0 == .openEvents }) {
      _ = ledger.settle(id)
      turn.tell(.cancel(id), in: &self)
    }
    connection.events = .off
    connection.watch = EventWatch()
  }

  /// Reads the list and the open thread anew, with the overlap that brings what was missed.
  mutating func resync(_ turn: inout Turn) {
    guard session.isUsable(at: turn.now), connection.problem == nil else { return }
    connection.listDueOn = turn.now
    if let id = threads.open {
      askForReceipts(of: id, &turn)
      connection.openThreadDueOn = turn.now
      connection.fullPageDueOn = turn.now
    }
    connectionClock(&turn)
  }

  /// The person does not want to wait for the next try.
  mutating func retryEvents(_ turn: inout Turn) {
    guard case .waiting(_, let attempts, let reason) = connection.events else { return }
    connection.events = .waiting(retryOn: turn.now, attempts: attempts, reason: reason)
    openEvents(&turn)
  }

  /// A channel that stands is not to be trusted: it is opened anew.
  private mutating func giveUpEvents(_ reason: String, _ turn: inout Turn) {
    let events = connection.events
    closeEvents(&turn)
    connection.events = events
    eventsBroke(ServiceError(.unreachable, reason), &turn)
  }

  mutating func eventsClock(_ turn: inout Turn) {
    switch connection.events {
    case .waiting(let retryOn, _, _) where retryOn <= turn.now:
      openEvents(&turn)
    case .live where turn.hasSlept:
      giveUpEvents("The machine slept.", &turn)
    case .live where connection.watch.isSilent(at: turn.now):
      giveUpEvents("The channel of events told nothing of messages that came.", &turn)
    default:
      break
    }
  }

  var eventsDeadline: Timestamp? {
    switch connection.events {
    case .waiting(let retryOn, _, _) where session.isUsable(at: now): retryOn
    case .live: connection.watch.dueOn
    default: nil
    }
  }
}
