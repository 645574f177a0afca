import ACSTypes

/// Terminals that come and go, and time.
extension CallLeg {
  /// A terminal of the user connected: it is told what is, and of all that follows.
  mutating func attached(_ terminal: Terminal) -> [Instruction] {
    switch state {
    case .ended(let reason):
      guard endIsUntold else { return [] }
      endIsUntold = false
      return [.tell([terminal], .state(callID: id, state: .disconnected, reason: reason))]
    case .lingering: return []
    case .ringingHere, .answering, .rejecting:
      terminals.insert(terminal)
      return invitation.map { [.tell([terminal], incoming($0))] } ?? []
    default:
      terminals.insert(terminal)
      detachedOn = nil
      let state = CallSignal.state(callID: id, state: publicState, reason: nil)
      return [.tell([terminal], state)]
        + (roster.version > 0 ? [.tell([terminal], rosterSignal)] : [])
    }
  }

  /// A terminal is gone: the last one's call waits for its return.
  mutating func detached(_ terminal: Terminal, now: Timestamp) {
    guard terminals.remove(terminal) != nil, terminals.isEmpty else { return }
    switch state {
    case .creating, .ringingThere, .answering, .connecting, .connected: detachedOn = now
    default: break
    }
  }

  /// The next moment at which ``passed(now:)`` has something to do; `nil` when there is none.
  var deadline: Timestamp? {
    let comeBack = detachedOn.map { $0 + CallTimes.reconnect }
    return [stateDeadline, comeBack].compactMap { $0 }.min()
  }

  /// Does what is due.
  mutating func passed(now: Timestamp) -> [Instruction] {
    if let detachedOn, detachedOn + CallTimes.reconnect <= now {
      self.detachedOn = nil
      return leave(.connectionLost, now: now)
    }
    guard let stateDeadline, stateDeadline <= now else { return [] }
    switch state {
    case .creating, .ringingThere:
      self.stateDeadline = nil
      return leave(.noAnswer, now: now)
    case .ringingHere: return end(.noAnswer, now: now)
    case .connecting: return leave(.setUpFailed, now: now)
    case .lingering(let connectionID, _):
      self.stateDeadline = nil
      return [.hangUp(connectionID: connectionID)]
    default:
      self.stateDeadline = nil
      return []
    }
  }

  /// True once nothing is left to be done or told.
  func isForgettable(now: Timestamp) -> Bool {
    guard case .ended = state else { return false }
    return stateDeadline.map { $0 <= now } ?? true
  }

  /// The state by the calling SDKs' names.
  var publicState: CallState {
    switch state {
    case .creating, .connecting, .answering: .connecting
    case .ringingThere: .ringing
    case .ringingHere, .rejecting: .none
    case .connected: .connected
    case .abandoned, .leaving: .disconnecting
    case .lingering, .ended: .disconnected
    }
  }
}
