import ACSTypes

/// What the call gateway does, and the way to it.
extension ClientState {
  mutating func openGateway(_ turn: inout Turn) {
    guard settings.hasGateway else {
      calls.gateway = .unsupported
      return
    }
    guard !ledger.contains(where: { $0 == .openGateway }) else { return }
    if case .failed = calls.gateway {} else { calls.gateway = .connecting }
    turn.ask(.openGateway, in: &self)
  }

  mutating func gatewayClosed(_ result: EffectResult, _ turn: inout Turn) {
    let previous: Problem? =
      if case .failed(let problem) = calls.gateway { problem } else { nil }
    let error =
      if case .failed(let error) = result {
        error
      } else {
        ServiceError(.unreachable, "The call gateway closed the connection.")
      }
    calls.gateway = .failed(.following(previous, error, in: &turn))
  }

  mutating func gatewayClock(_ turn: inout Turn) {
    guard case .failed(let problem) = calls.gateway, problem.isDue(at: turn.now),
      session.isUsable(at: turn.now)
    else { return }
    openGateway(&turn)
  }

  var gatewayDeadline: Timestamp? {
    guard case .failed(let problem) = calls.gateway, session.session != nil,
      !ledger.contains(where: { $0 == .openGateway })
    else { return nil }
    return problem.retryOn
  }

  mutating func signalled(_ signal: CallSignal, _ turn: inout Turn) {
    switch signal {
    case .welcome:
      calls.gateway = .ready
      // What still rings, the gateway tells again.
      calls.ringing = []
    case .accepted(let requestID, let callID):
      accepted(requestID, callID, &turn)
    case .refused(let requestID, let reason):
      refused(requestID, reason, &turn)
    case .incoming(let callID, let from, let name):
      incoming(callID, Person(identifier: from, displayName: name), &turn)
    case .state(let callID, let state, let reason):
      stateTold(callID, state, reason, &turn)
    case .roster(let callID, let version, let participants):
      let me = session.session?.identity
      calls.change(callID) { $0.take(roster: participants, version: version, me: me) }
    }
  }

  mutating func commandFinished(
    _ command: CallCommand, _ result: EffectResult, _ turn: inout Turn
  ) {
    guard case .failed(let error) = result else { return }
    let reason = CallEndReason(code: 490, subCode: 4502, message: error.message)
    refused(command.requestID, reason, &turn)
  }

  private mutating func accepted(_ requestID: String, _ callID: CallID, _ turn: inout Turn) {
    guard let call = calls.calls.first(where: { $0.requestID == requestID }) else { return }
    calls.change(requestID: requestID) { $0.id = callID }
    // Hung up before the gateway had given the call an id: now it can be told.
    if call.id == nil, call.state == .disconnecting {
      turn.ask(.command(.hangUp(requestID: turn.requestID(), callID: callID)), in: &self)
    }
  }

  private mutating func refused(
    _ requestID: String, _ reason: CallEndReason, _ turn: inout Turn
  ) {
    guard calls.calls.contains(where: { $0.requestID == requestID }) else {
      // A refused mute: the roster still tells the truth.
      if let call = calls.current, case .pending(let wanted) = call.mute {
        calls.change(requestID: call.requestID) { $0.mute = wanted ? .off : .on }
        say(.failure("Mute failed: \(reason.message)"), &turn)
      }
      return
    }
    calls.change(requestID: requestID) {
      $0.advance(to: .disconnected, reason: reason, now: turn.now)
    }
  }

  private mutating func incoming(_ callID: CallID, _ caller: Person, _ turn: inout Turn) {
    guard !calls.ringing.contains(where: { $0.id == callID }),
      !calls.calls.contains(where: { $0.id == callID })
    else { return }
    calls.ringing.append(IncomingCall(id: callID, caller: caller, arrivedOn: turn.now))
    turn.tell(.ring, in: &self)
  }

  private mutating func stateTold(
    _ callID: CallID, _ state: CallState, _ reason: CallEndReason?, _ turn: inout Turn
  ) {
    if state == .disconnected,
      let index = calls.ringing.firstIndex(where: { $0.id == callID })
    {
      let incoming = calls.ringing.remove(at: index)
      var call = Call(
        requestID: turn.requestID(), id: callID, peer: incoming.caller, direction: .incoming,
        startedOn: incoming.arrivedOn)
      call.advance(to: .disconnected, reason: reason, now: turn.now)
      calls.add(call)
      return
    }
    adopt(callID, state, &turn)
    calls.change(callID) { $0.advance(to: state, reason: reason, now: turn.now) }
  }

  /// Takes over a live call that this run did not begin.
  ///
  /// The run before it did, and the gateway kept the call. The roster tells with whom.
  private mutating func adopt(_ callID: CallID, _ state: CallState, _ turn: inout Turn) {
    let isLive = state != .disconnected && state != .disconnecting && state != .none
    guard isLive, !calls.calls.contains(where: { $0.id == callID }) else { return }
    var call = Call(
      requestID: turn.requestID(), id: callID,
      peer: Person(identifier: CommunicationIdentifier(rawID: ""), displayName: ""),
      direction: .outgoing, startedOn: turn.now)
    call.advance(to: .connecting, now: turn.now)
    calls.add(call)
  }
}
