import ACSTypes
import ACSWire

extension RealTime {
  /// Does what is due: heartbeats, sockets and requests that fell silent, and what expired.
  mutating func tick(now: Timestamp) {
    guard let deadline = nextDeadline, deadline <= now else { return }
    clearDeadline()
    for id in sockets.keys.sorted() { tick(socket: id, now: now) }
    for (key, registration) in registrations.sorted(by: { $0.key.id < $1.key.id }) {
      if registration.expiresOn <= now {
        removeRegistration(key)
      } else {
        tick(registration, now: now)
      }
    }
    for (session, found) in sessions {
      if found.until <= now { sessions[session] = nil } else { look(at: found.until) }
    }
    for flow in flows.values where flow.socket == nil {
      if flow.endsOn <= now, keysOfFlow[flow.id] == nil {
        removeFlow(flow.id)
      } else {
        look(at: max(flow.endsOn, now + RealTimeLimits.silence))
      }
    }
  }

  /// Heartbeats go out in whole seconds, so that many sockets are served at once.
  func beatTime(after moment: Timestamp) -> Timestamp {
    Timestamp(seconds: (moment + RealTimeLimits.heartbeat).seconds + 1)
  }

  private mutating func tick(socket id: Int, now: Timestamp) {
    guard let socket = sockets[id] else { return }
    if socket.authorisedUntil <= now {
      refuse(
        id, "unauthorized",
        socket.isAuthenticated
          ? "The token expired. Fetch a new one and begin anew."
          : "No token came. Send user.authenticate.")
      return socketClosed(id, now: now)
    }
    let isSilenced = socket.lacksHeartbeats || socket.isStalled
    if socket.lastHeardOn + RealTimeLimits.silence <= now, !isSilenced {
      refuse(id, "timeout", "Nothing came for so long; echo the heartbeats.")
      return socketClosed(id, now: now)
    }
    if beatTime(after: socket.lastBeatOn) <= now {
      sockets[id]?.lastBeatOn = now
      if isSilenced { return look(at: beatTime(after: now)) }
      sockets[id]?.owesHeartbeat = true
      send(SocketFrame(.heartbeat), over: id)
    }
    for (number, sent) in socket.sent.sorted(by: { $0.key > $1.key }) {
      guard sent.deadline <= now else {
        look(at: sent.deadline)
        continue
      }
      sockets[id]?.sent[number] = nil
      switch sent.purpose {
      case .push(let push):
        orders.append(.answer(.gatewayTimeout("The client did not answer in time."), push: push))
      case .event(let key, let waiting): returned(waiting, to: key, now: now)
      }
    }
    look(at: min(socket.authorisedUntil, beatTime(after: sockets[id]?.lastBeatOn ?? now)))
    // Of a socket that hears nothing of the service nothing is heard, and nobody waits for it.
    if !isSilenced { look(at: socket.lastHeardOn + RealTimeLimits.silence) }
  }

  private mutating func tick(_ registration: Registration, now: Timestamp) {
    let key = registration.key
    look(at: registration.expiresOn)
    let waiting = registration.waiting
    let kept = waiting.filter { $0.madeOn + RealTimeLimits.redelivery > now }
    if kept.count < waiting.count {
      registrations[key]?.waiting = kept
      lost(key, now: now)
    }
    flush(key, now: now)
    for waiting in registrations[key]?.waiting ?? [] {
      look(at: waiting.madeOn + RealTimeLimits.redelivery)
      if let moment = waiting.notBefore, moment > now { look(at: moment) }
    }
  }
}
