import ACSTypes

/// All calls of all users: a pure machine that leads commands, answers and events to the legs they mean.
struct Switchboard: Sendable {
  /// What the gateway must do now, in order.
  enum Instruction: Hashable, Sendable {
    /// Send a signal to a terminal.
    case send(CallLeg.Terminal, CallSignal)
    /// Ask Call Automation something for a leg.
    case request(CallRequest)
  }

  /// A connected terminal.
  private struct Presence {
    var user: CommunicationIdentifier
    var scopes: [TokenScope]
  }

  private var legs: [CallID: CallLeg] = [:]
  /// Each user's legs, oldest first.
  private var legsOfUser: [CommunicationIdentifier: [CallID]] = [:]
  private var legOfCallback: [String: CallID] = [:]
  private var presences: [CallLeg.Terminal: Presence] = [:]
  private var memories: [CommunicationIdentifier: RequestMemory] = [:]
  private var lastTerminal = 0

  /// The next moment at which ``passed(now:)`` has something to do; `nil` when there is none.
  var deadline: Timestamp? { legs.values.compactMap(\.deadline).min() }

  // MARK: Terminals

  /// A terminal of `user` connected: it is welcomed and told what is.
  mutating func attached(
    _ user: CommunicationIdentifier, scopes: [TokenScope]
  ) -> (CallLeg.Terminal, [Instruction]) {
    lastTerminal += 1
    let terminal = lastTerminal
    presences[terminal] = Presence(user: user, scopes: scopes)
    var result: [Instruction] = [
      .send(terminal, .welcome(version: Switchboard.protocolVersion, identity: user))
    ]
    for id in legsOfUser[user] ?? [] {
      result += change(id) { $0.attached(terminal) }
    }
    return (terminal, result)
  }

  /// A terminal is gone.
  mutating func detached(_ terminal: CallLeg.Terminal, now: Timestamp) {
    guard let user = presences.removeValue(forKey: terminal)?.user else { return }
    for id in legsOfUser[user] ?? [] { legs[id]?.detached(terminal, now: now) }
  }

  // MARK: Commands

  /// A terminal's command.
  ///
  /// `names` are ids for a leg that may begin.
  mutating func commanded(
    _ command: CallCommand, by terminal: CallLeg.Terminal, names: LegNames, now: Timestamp
  ) -> [Instruction] {
    guard let presence = presences[terminal] else { return [] }
    switch memories[presence.user, default: RequestMemory()].take(command, from: terminal) {
    case .repeated(let answer): return answer.map { [.send(terminal, $0)] } ?? []
    case .conflicting:
      return [
        .send(terminal, .refused(requestID: command.requestID, reason: .requestIDUsed))
      ]
    case .new: break
    }
    switch command {
    case .start(let requestID, let target, _):
      if let reason = reasonNotToStart(to: target, presence) {
        return refused(requestID, of: presence.user, reason)
      }
      let leg = CallLeg(
        id: names.id, user: presence.user, callbackKey: names.callbackKey, target: target,
        terminal: terminal, now: now)
      add(leg)
      return change(leg.id) { $0.started(requestID: requestID) }
    case .accept(let requestID, let id):
      return change(id, for: presence.user, requestID) {
        $0.accepted(requestID: requestID, on: terminal)
      }
    case .reject(let requestID, let id):
      return change(id, for: presence.user, requestID) { $0.rejected(requestID: requestID) }
    case .hangUp(let requestID, let id):
      return change(id, for: presence.user, requestID, now: now) {
        $0.hungUp(requestID: requestID, now: now)
      }
    case .setMuted(let requestID, let id, let isMuted):
      return change(id, for: presence.user, requestID) {
        $0.setMuted(isMuted, requestID: requestID)
      }
    }
  }

  private func reasonNotToStart(
    to target: CommunicationIdentifier, _ presence: Presence
  ) -> CallEndReason? {
    guard presence.scopes.contains(.voip) else { return .mayNotStart }
    return target.kind == .communicationUser && target != presence.user ? nil : .nobodyThere
  }

  // MARK: The service

  /// Somebody calls a user of this resource.
  ///
  /// An event that came before is without effect.
  mutating func invited(
    _ user: CommunicationIdentifier, _ invitation: CallLeg.Invitation, reference: CallReference,
    names: LegNames, now: Timestamp
  ) -> [Instruction] {
    let isKnown = (legsOfUser[user] ?? []).contains {
      legs[$0]?.invitation?.context == invitation.context
    }
    guard !isKnown else { return [] }
    let terminals = presences.filter { $0.value.user == user }.keys
    let leg = CallLeg(
      id: names.id, user: user, callbackKey: names.callbackKey, invitation: invitation,
      reference: reference, terminals: Set(terminals), now: now)
    add(leg)
    return change(leg.id) { $0.rang() }
  }

  /// What Call Automation answered to a request, or an event of a leg.
  mutating func happened(_ event: CallEvent, to id: CallID, now: Timestamp) -> [Instruction] {
    change(id, now: now) { $0.happened(event, now: now) }
  }

  /// The leg to which events at the address with `key` belong.
  func leg(ofCallback key: String) -> CallID? { legOfCallback[key] }

  /// A call ended as a whole: where it still rings, it stops.
  mutating func callEnded(_ reference: CallReference, now: Timestamp) -> [Instruction] {
    ringing(for: reference, from: nil).flatMap { id in
      change(id) { $0.callerLeft(.cancelled, now: now) }
    }
  }

  // MARK: Time

  /// Does what is due, and forgets what is over.
  mutating func passed(now: Timestamp) -> [Instruction] {
    let due = legs.values.filter { ($0.deadline ?? .distantFuture) <= now }.map(\.id)
    let result = due.sorted { $0.rawValue < $1.rawValue }.flatMap { id in
      change(id, now: now) { $0.passed(now: now) }
    }
    for id in due where legs[id]?.isForgettable(now: now) == true { remove(id) }
    return result
  }

  /// Leaves every call, for the gateway stops.
  mutating func stopped(now: Timestamp) -> [Instruction] {
    legs.keys.sorted { $0.rawValue < $1.rawValue }.flatMap { id in
      change(id) { $0.leave(.gatewayStopped, now: now) }
    }
  }
}

extension Switchboard {
  /// The version of docs/gateway-protocol.md that this gateway speaks.
  private static let protocolVersion = 1

  private mutating func add(_ leg: CallLeg) {
    legs[leg.id] = leg
    legsOfUser[leg.user, default: []].append(leg.id)
    legOfCallback[leg.callbackKey] = leg.id
  }

  private mutating func remove(_ id: CallID) {
    guard let leg = legs.removeValue(forKey: id) else { return }
    legOfCallback[leg.callbackKey] = nil
    legsOfUser[leg.user]?.removeAll { $0 == id }
    if legsOfUser[leg.user]?.isEmpty == true { legsOfUser[leg.user] = nil }
    let hasTerminal = presences.values.contains { $0.user == leg.user }
    if legsOfUser[leg.user] == nil, !hasTerminal { memories[leg.user] = nil }
  }

  /// Changes one leg on a user's command; refuses the command when it is not that user's.
  private mutating func change(
    _ id: CallID, for user: CommunicationIdentifier, _ requestID: String, now: Timestamp? = nil,
    _ body: (inout CallLeg) -> [CallLeg.Instruction]
  ) -> [Instruction] {
    guard legs[id]?.user == user else { return refused(requestID, of: user, .noSuchCall) }
    return change(id, now: now, body)
  }

  /// Changes one leg and turns its instructions into the switchboard's.
  ///
  /// With `now`, the end of a caller's leg also ends the ringing of those who were called.
  private mutating func change(
    _ id: CallID, now: Timestamp? = nil, _ body: (inout CallLeg) -> [CallLeg.Instruction]
  ) -> [Instruction] {
    guard let wasOver = legs[id]?.isOver, let instructions = legs[id].mutate(body),
      let leg = legs[id]
    else { return [] }
    var result = instructions.flatMap { done($0, of: leg) }
    if let now, !wasOver, leg.isOver, leg.invitation == nil {
      for other in ringing(for: leg.reference, from: leg.user) {
        // What nobody answered is no caller's change of mind.
        let reason: CallEndReason = leg.wasUnanswered ? .noAnswer : .cancelled
        result += change(other) { $0.callerLeft(reason, now: now) }
      }
    }
    return result
  }

  private mutating func done(
    _ instruction: CallLeg.Instruction, of leg: CallLeg
  ) -> [Instruction] {
    switch instruction {
    case .tell(let terminals, let signal): return terminals.map { .send($0, signal) }
    case .accept(let requestID):
      return answer(requestID, of: leg.user, .accepted(requestID: requestID, callID: leg.id))
    case .refuse(let requestID, let reason): return refused(requestID, of: leg.user, reason)
    case .spreadMute(let isMuted):
      let same = legs.values.filter { $0.id == leg.id || $0.reference.matches(leg.reference) }
      return same.map(\.id).sorted { $0.rawValue < $1.rawValue }.flatMap { id in
        change(id) { $0.muteChanged(of: leg.user, to: isMuted) }
      }
    case .create(let target): return [.request(CallRequest(leg, .create(target: target)))]
    case .answer(let context): return [.request(CallRequest(leg, .answer(context: context)))]
    case .reject(let context): return [.request(CallRequest(leg, .reject(context: context)))]
    case .hangUp(let connectionID):
      return [.request(CallRequest(leg, .hangUp(connectionID: connectionID)))]
    case .mute(let connectionID, let requestID):
      return [
        .request(CallRequest(leg, .mute(connectionID: connectionID, requestID: requestID)))
      ]
    }
  }

  private mutating func refused(
    _ requestID: String, of user: CommunicationIdentifier, _ reason: CallEndReason
  ) -> [Instruction] {
    answer(requestID, of: user, .refused(requestID: requestID, reason: reason))
  }

  private mutating func answer(
    _ requestID: String, of user: CommunicationIdentifier, _ signal: CallSignal
  ) -> [Instruction] {
    guard let terminal = memories[user]?.answered(requestID, with: signal) else { return [] }
    return presences[terminal] == nil ? [] : [.send(terminal, signal)]
  }

  /// The legs of one call that ring here, in a fixed order; with `caller` only those that this user calls.
  private func ringing(
    for reference: CallReference, from caller: CommunicationIdentifier?
  ) -> [CallID] {
    legs.values.filter { leg in
      leg.state == .ringingHere && leg.reference.matches(reference)
        && (caller == nil || leg.invitation?.from == caller)
    }.map(\.id).sorted { $0.rawValue < $1.rawValue }
  }
}

extension Optional {
  /// Changes the wrapped value in place.
  fileprivate mutating func mutate<Result>(_ body: (inout Wrapped) -> Result) -> Result? {
    switch self {
    case .some(var value):
      self = nil
      let result = body(&value)
      self = value
      return result
    case nil: return nil
    }
  }
}

extension Timestamp {
  fileprivate static let distantFuture = Timestamp(milliseconds: .max)
}
