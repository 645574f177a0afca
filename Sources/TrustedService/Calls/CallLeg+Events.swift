import ACSTypes

/// What Call Automation's events tell, in whatever order they and the answers come.
extension CallLeg {
  /// The call stands.
  mutating func connected(connectionID: String, now: Timestamp) -> [Instruction] {
    switch state {
    case .creating, .ringingThere, .connecting:
      state = .connected(connectionID: connectionID)
      stateDeadline = nil
      return tell(.connected)
    case .answering(let requestID, let terminal):
      state = .connected(connectionID: connectionID)
      stateDeadline = nil
      return [.accept(requestID: requestID)] + claim(for: terminal) + tell(.connected)
    case .abandoned: return placed(connectionID: connectionID, now: now)
    default: return []
    }
  }

  /// The call ended, or never came to stand.
  mutating func disconnected(_ reason: CallEndReason, now: Timestamp) -> [Instruction] {
    switch state {
    case .creating, .ringingThere, .ringingHere, .connecting, .connected:
      return end(reason, now: now)
    case .answering(let requestID, _):
      return [.refuse(requestID: requestID, reason)] + end(reason, now: now)
    case .abandoned(let reason), .leaving(_, let reason): return end(reason, now: now)
    case .lingering: return hangUpDone(now: now)
    case .rejecting, .ended: return []
    }
  }

  /// The caller gave up, or the call ended while it rang here.
  mutating func callerLeft(_ reason: CallEndReason, now: Timestamp) -> [Instruction] {
    guard case .ringingHere = state else { return [] }
    return end(reason, now: now)
  }

  /// The service's list of who is in the call.
  mutating func rosterCame(
    _ participants: [CallParticipant], sequence: Int?
  ) -> [Instruction] {
    guard !isOver, roster.take(participants, sequence: sequence) else { return [] }
    return tell(rosterSignal)
  }

  /// Somebody's sound is kept from others, or no longer.
  mutating func muteChanged(
    of identity: CommunicationIdentifier, to isMuted: Bool
  ) -> [Instruction] {
    guard !isOver, roster.setMuted(isMuted, of: identity), roster.version > 0 else { return [] }
    return tell(rosterSignal)
  }

  /// The signal with the roster as it is.
  var rosterSignal: CallSignal {
    .roster(callID: id, version: roster.version, participants: roster.participants)
  }
}
