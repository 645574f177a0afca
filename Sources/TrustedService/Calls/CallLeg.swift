import ACSTypes

/// One user's end of one call: a pure machine.
///
/// Commands, the service's answers and events, terminals that come and go, and deadlines go in; each gives the
/// ``Instruction``s that follow. What comes late, twice or out of order is without effect.
struct CallLeg: Sendable {
  /// One connected terminal.
  typealias Terminal = Int

  /// What the gateway must do now, in order.
  enum Instruction: Hashable, Sendable {
    /// Tell terminals something.
    case tell([Terminal], CallSignal)
    /// Answer a command with `accepted`.
    case accept(requestID: String)
    /// Answer a command with `refused`.
    case refuse(requestID: String, CallEndReason)
    /// Ask Call Automation to call somebody.
    case create(target: CommunicationIdentifier)
    /// Ask Call Automation to answer.
    case answer(context: String)
    /// Ask Call Automation to decline.
    case reject(context: String)
    /// Ask Call Automation to leave the call.
    case hangUp(connectionID: String)
    /// Ask Call Automation to mute the user.
    case mute(connectionID: String, requestID: String)
    /// Tell every leg of this call that the user's sound is kept from others, or no longer.
    case spreadMute(isMuted: Bool)
  }

  enum State: Hashable, Sendable {
    /// While Call Automation is asked to call `target`.
    case creating(target: CommunicationIdentifier)
    /// While the other side rings.
    case ringingThere(connectionID: String)
    /// While this side rings.
    case ringingHere
    /// While Call Automation is asked to answer for `terminal`.
    case answering(requestID: String, terminal: Terminal)
    /// While Call Automation is asked to decline.
    case rejecting(requestID: String)
    /// After the answer was taken, before the call stands.
    case connecting(connectionID: String)
    /// While people talk.
    case connected(connectionID: String)
    /// After this side left, while it is not yet known under which id.
    case abandoned(CallEndReason)
    /// After this side left, while Call Automation is asked to leave.
    case leaving(connectionID: String, CallEndReason)
    /// After the end for terminals, while Call Automation must be asked once more to leave.
    case lingering(connectionID: String, attempt: Int)
    /// After the end; final.
    case ended(CallEndReason)
  }

  /// The gateway's id of the call for this user.
  let id: CallID
  /// Whose end it is.
  let user: CommunicationIdentifier
  /// The last part of the address to which the service's events of this leg go; not to be guessed.
  let callbackKey: String
  /// Who calls, with what Call Automation wants to see again; `nil` for a call that the user started.
  let invitation: Invitation?

  /// Under which ids the service knows the call, as far as known.
  var reference = CallReference()
  var state: State
  /// The terminals that are told of the call.
  var terminals: Set<Terminal> = []
  /// Until when the state may last.
  var stateDeadline: Timestamp?
  /// Since when no terminal is there to be told.
  var detachedOn: Timestamp?
  var roster = CallRoster()
  /// The mute under way, if it is still wanted.
  var wantedMute: String?
  /// True when the end was told to nobody.
  var endIsUntold = false

  /// An incoming call's caller, and the opaque text with which it is answered.
  struct Invitation: Hashable, Sendable {
    var from: CommunicationIdentifier
    var displayName: String
    var context: String
  }

  /// A leg for a call that `terminal` starts.
  init(
    id: CallID, user: CommunicationIdentifier, callbackKey: String,
    target: CommunicationIdentifier, terminal: Terminal, now: Timestamp
  ) {
    self.id = id
    self.user = user
    self.callbackKey = callbackKey
    invitation = nil
    state = .creating(target: target)
    terminals = [terminal]
    stateDeadline = now + CallTimes.ringingThere
  }

  /// A leg for somebody else's call that rings on `terminals`.
  init(
    id: CallID, user: CommunicationIdentifier, callbackKey: String, invitation: Invitation,
    reference: CallReference, terminals: Set<Terminal>, now: Timestamp
  ) {
    self.id = id
    self.user = user
    self.callbackKey = callbackKey
    self.invitation = invitation
    self.reference = reference
    state = .ringingHere
    self.terminals = terminals
    stateDeadline = now + CallTimes.ringingHere
  }

  /// True after the end for terminals.
  var isOver: Bool {
    switch state {
    case .lingering, .ended: true
    default: false
    }
  }

  /// True after a call that nobody answered in time.
  var wasUnanswered: Bool {
    guard case .ended(let reason) = state else { return false }
    return reason.code == CallEndReason.noAnswer.code
      && reason.subCode == CallEndReason.noAnswer.subCode
  }

  /// Tells all terminals.
  func tell(_ signal: CallSignal) -> [Instruction] {
    terminals.isEmpty ? [] : [.tell(terminals.sorted(), signal)]
  }

  /// Tells all terminals of a state.
  func tell(_ state: CallState) -> [Instruction] {
    tell(.state(callID: id, state: state, reason: nil))
  }

  /// Ends the leg for terminals.
  mutating func end(_ reason: CallEndReason, now: Timestamp) -> [Instruction] {
    state = .ended(reason)
    stateDeadline = now + CallTimes.memory
    return tellEnd(reason)
  }

  /// Tells all terminals of the end, or remembers that nobody was told.
  mutating func tellEnd(_ reason: CallEndReason) -> [Instruction] {
    detachedOn = nil
    wantedMute = nil
    endIsUntold = terminals.isEmpty
    return tell(.state(callID: id, state: .disconnected, reason: reason))
  }
}
