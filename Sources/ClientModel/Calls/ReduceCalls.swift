import ACSTypes

/// What the person does with calls.
extension ClientState {
  /// Calls the other one of the open thread; asks whom when there are several.
  mutating func callFromThread(_ turn: inout Turn) {
    guard calls.current == nil else {
      say(.failure("There is a call already. M-h hangs up."), &turn)
      return
    }
    guard case .ready = calls.gateway else {
      say(.failure(gatewayTrouble), &turn)
      return
    }
    let me = session.session?.identity
    let others = (threads.open.flatMap { conversations[$0]?.participants } ?? [])
      .filter { $0.identifier != me }
      .map { Person(identifier: $0.identifier, displayName: $0.displayName ?? "") }
    guard let first = others.first else {
      let isKnown = threads.open.flatMap { conversations[$0]?.participants.isEmpty } == false
      let reason =
        threads.open == nil
        ? "Open a thread first: a call goes to somebody in it."
        : isKnown
          ? "Nobody else is in this thread." : "Who is in this thread is not read yet; try again."
      say(.failure(reason), &turn)
      return
    }
    if others.count == 1 {
      startCall(to: first, &turn)
    } else {
      calls.choices = others
      calls.choice = 0
      interface.pane = .callChoice
    }
  }

  mutating func startCall(to person: Person, _ turn: inout Turn) {
    interface.pane = nil
    let requestID = turn.requestID()
    var call = Call(
      requestID: requestID, peer: person, direction: .outgoing, startedOn: turn.now)
    call.advance(to: .connecting, now: turn.now)
    calls.add(call)
    turn.ask(
      .command(
        .start(requestID: requestID, target: person.identifier, threadID: threads.open)),
      in: &self)
  }

  mutating func answerCall(_ turn: inout Turn) {
    guard let incoming = calls.ringing.first else { return }
    guard calls.current == nil else {
      say(.failure("There is a call already. M-h hangs up."), &turn)
      return
    }
    calls.ringing.removeFirst()
    let requestID = turn.requestID()
    var call = Call(
      requestID: requestID, id: incoming.id, peer: incoming.caller, direction: .incoming,
      startedOn: turn.now)
    call.advance(to: .connecting, now: turn.now)
    calls.add(call)
    turn.ask(.command(.accept(requestID: requestID, callID: incoming.id)), in: &self)
  }

  /// Declines what rings, else leaves the open call; either is final here at once.
  mutating func hangUp(_ turn: inout Turn) {
    if let incoming = calls.ringing.first {
      calls.ringing.removeFirst()
      var call = Call(
        requestID: turn.requestID(), id: incoming.id, peer: incoming.caller, direction: .incoming,
        startedOn: incoming.arrivedOn)
      let declined = CallEndReason(code: 603, subCode: 0, message: "Declined here.")
      call.advance(to: .disconnected, reason: declined, now: turn.now)
      calls.add(call)
      turn.ask(
        .command(.reject(requestID: call.requestID, callID: incoming.id)), in: &self)
    } else if let call = calls.current {
      calls.change(requestID: call.requestID) { $0.advance(to: .disconnecting, now: turn.now) }
      if let id = call.id {
        turn.ask(.command(.hangUp(requestID: turn.requestID(), callID: id)), in: &self)
      }
    }
  }

  mutating func toggleMute(_ turn: inout Turn) {
    guard let call = calls.current, call.state == .connected, let id = call.id else { return }
    let wanted =
      switch call.mute {
      case .off: true
      case .on: false
      case .pending(let wanted): !wanted
      }
    calls.change(requestID: call.requestID) { $0.mute = .pending(wanted: wanted) }
    turn.ask(
      .command(.setMuted(requestID: turn.requestID(), callID: id, isMuted: wanted)), in: &self)
  }

  private var gatewayTrouble: String {
    switch calls.gateway {
    case .unsupported: "No call gateway is configured: see \"gateway\" in the config file."
    case .failed(let problem): "The call gateway cannot be reached: \(problem.error.message)"
    default: "The call gateway is not connected yet."
    }
  }
}
