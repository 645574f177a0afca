import ACSTypes

/// What Call Automation answers to the requests that instructions asked for.
extension CallLeg {
  /// The call is being made, or was answered, under `connectionID`.
  mutating func placed(connectionID: String, now: Timestamp) -> [Instruction] {
    switch state {
    case .creating:
      state = .ringingThere(connectionID: connectionID)
      return tell(.ringing)
    case .answering(let requestID, let terminal):
      state = .connecting(connectionID: connectionID)
      stateDeadline = now + CallTimes.setUp
      return [.accept(requestID: requestID)] + claim(for: terminal) + tell(.connecting)
    case .abandoned(let reason):
      state = .leaving(connectionID: connectionID, reason)
      stateDeadline = nil
      return [.hangUp(connectionID: connectionID)]
    default: return []
    }
  }

  /// The call could not be made.
  mutating func createFailed(_ error: ServiceError, now: Timestamp) -> [Instruction] {
    switch state {
    case .creating:
      end(error.code == .notFound ? .nobodyThere : CallEndReason(error), now: now)
    case .abandoned(let reason): end(reason, now: now)
    default: []
    }
  }

  /// The call could not be answered: it rings on, unless it no longer rings at all.
  mutating func answerFailed(_ error: ServiceError, now: Timestamp) -> [Instruction] {
    switch state {
    case .answering(let requestID, _):
      guard error.isFinalForCall else {
        ringOn(now: now)
        return [.refuse(requestID: requestID, CallEndReason(error))]
      }
      return [.refuse(requestID: requestID, .cancelled)] + end(.cancelled, now: now)
    case .abandoned(let reason): return end(reason, now: now)
    default: return []
    }
  }

  /// The call was declined, or no longer rings.
  mutating func rejectDone(now: Timestamp) -> [Instruction] {
    guard case .rejecting(let requestID) = state else { return [] }
    return [.accept(requestID: requestID)] + end(.declined, now: now)
  }

  /// The call could not be declined.
  mutating func rejectFailed(_ error: ServiceError, now: Timestamp) -> [Instruction] {
    guard case .rejecting(let requestID) = state else { return [] }
    guard !error.isFinalForCall else { return rejectDone(now: now) }
    ringOn(now: now)
    return [.refuse(requestID: requestID, CallEndReason(error))]
  }

  /// The service let the user leave, or knows no such connection.
  mutating func hangUpDone(now: Timestamp) -> [Instruction] {
    switch state {
    case .leaving(_, let reason): return end(reason, now: now)
    case .lingering:
      state = .ended(.endedHere)
      stateDeadline = now + CallTimes.memory
      return []
    default: return []
    }
  }

  /// The service could not be told that the user left: for the user the call is over, and the service is asked again.
  mutating func hangUpFailed(_ error: ServiceError, now: Timestamp) -> [Instruction] {
    guard !error.isFinalForCall else { return hangUpDone(now: now) }
    switch state {
    case .leaving(let connectionID, let reason):
      state = .lingering(connectionID: connectionID, attempt: 1)
      stateDeadline = now + CallTimes.retry
      return tellEnd(reason)
    case .lingering(let connectionID, let attempt) where attempt < CallTimes.retryLimit:
      state = .lingering(connectionID: connectionID, attempt: attempt + 1)
      stateDeadline = now + CallTimes.retry * (1 << attempt)
      return []
    default: return hangUpDone(now: now)
    }
  }

  /// The service muted the user.
  mutating func muteDone(requestID: String) -> [Instruction] {
    guard wantedMute == requestID else { return [.accept(requestID: requestID)] }
    wantedMute = nil
    return [.accept(requestID: requestID), .spreadMute(isMuted: true)]
  }

  /// The service did not mute the user.
  mutating func muteFailed(_ error: ServiceError, requestID: String) -> [Instruction] {
    if wantedMute == requestID { wantedMute = nil }
    return [
      .refuse(
        requestID: requestID,
        CallEndReason(
          code: 400, subCode: 41015,
          message: error.message))
    ]
  }

  /// Gives the call to the terminal that accepted, and tells the others that they lost it.
  ///
  /// When that terminal went away meanwhile, those that are there keep it.
  mutating func claim(for terminal: Terminal) -> [Instruction] {
    guard terminals.contains(terminal) else { return [] }
    let losers = terminals.subtracting([terminal]).sorted()
    terminals = [terminal]
    guard !losers.isEmpty else { return [] }
    return [
      .tell(losers, .state(callID: id, state: .disconnected, reason: .answeredElsewhere))
    ]
  }

  /// Goes back to ringing after a failure that may pass.
  private mutating func ringOn(now: Timestamp) {
    state = .ringingHere
    stateDeadline = stateDeadline ?? now
    detachedOn = nil
  }
}
