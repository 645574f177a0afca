import ACSTypes

/// What the user wants.
extension CallLeg {
  /// The user started the call.
  mutating func started(requestID: String) -> [Instruction] {
    guard case .creating(let target) = state else { return [] }
    return [.accept(requestID: requestID)] + tell(.connecting) + [.create(target: target)]
  }

  /// The call rings here.
  func rang() -> [Instruction] {
    invitation.map { tell(incoming($0)) } ?? []
  }

  /// A terminal accepts.
  mutating func accepted(requestID: String, on terminal: Terminal) -> [Instruction] {
    guard case .ringingHere = state, let invitation else {
      return [.refuse(requestID: requestID, .acceptNeedsRinging)]
    }
    state = .answering(requestID: requestID, terminal: terminal)
    return [.answer(context: invitation.context)]
  }

  /// A terminal declines.
  mutating func rejected(requestID: String) -> [Instruction] {
    guard case .ringingHere = state, let invitation else {
      return [.refuse(requestID: requestID, .rejectNeedsRinging)]
    }
    state = .rejecting(requestID: requestID)
    return [.reject(context: invitation.context)]
  }

  /// A terminal leaves, cancels, or declines; it is taken in every state.
  mutating func hungUp(requestID: String, now: Timestamp) -> [Instruction] {
    switch state {
    case .ringingHere: rejected(requestID: requestID)
    case .creating, .ringingThere: [.accept(requestID: requestID)] + leave(.cancelled, now: now)
    default: [.accept(requestID: requestID)] + leave(.endedHere, now: now)
    }
  }

  /// A terminal mutes or unmutes.
  ///
  /// The service knows only muting, so unmuting is the gateway's own.
  mutating func setMuted(_ isMuted: Bool, requestID: String) -> [Instruction] {
    guard case .connected(let connectionID) = state else {
      return [.refuse(requestID: requestID, .muteNeedsConnected)]
    }
    guard isMuted else {
      wantedMute = nil
      return [.accept(requestID: requestID), .spreadMute(isMuted: false)]
    }
    wantedMute = requestID
    return [.mute(connectionID: connectionID, requestID: requestID)]
  }

  /// Leaves the call from whatever state it is in.
  mutating func leave(_ reason: CallEndReason, now: Timestamp) -> [Instruction] {
    switch state {
    case .creating:
      state = .abandoned(reason)
      return tell(.disconnecting)
    case .answering(let requestID, _):
      state = .abandoned(reason)
      return [.refuse(requestID: requestID, reason)] + tell(.disconnecting)
    case .ringingThere(let connectionID), .connecting(let connectionID),
      .connected(let connectionID):
      state = .leaving(connectionID: connectionID, reason)
      stateDeadline = nil
      return tell(.disconnecting) + [.hangUp(connectionID: connectionID)]
    case .ringingHere: return end(reason, now: now)
    case .rejecting, .abandoned, .leaving, .lingering, .ended: return []
    }
  }

  /// The signal that makes a terminal ring.
  func incoming(_ invitation: Invitation) -> CallSignal {
    .incoming(callID: id, from: invitation.from, displayName: invitation.displayName)
  }
}
