import ACSTypes
import ACSWire

/// What outlives the program: who registered, and the events for those of them who are away.
///
/// Sockets do not, and neither does what is on its way over one: a client that comes back to an emulator that was killed
/// gets what it missed while it was away, and is told that there may be more.
extension Core {
  /// Takes up what was kept.
  mutating func restoreRegistrations() throws {
    for row in try store.registrations() { realTime.restore(row) }
    for event in try store.keptEvents() { realTime.restore(event) }
  }

  /// Keeps an event for those who are away, together with what made it.
  func keepForAbsent(_ noted: NotedEvent) throws {
    guard store.isDurable, noted.event.kind != .typing else { return }
    let keys = noted.recipients.flatMap { realTime.keysOfIdentity[$0] ?? [] }
      .filter(realTime.isAbsent)
    guard !keys.isEmpty else { return }
    let payload = EventPayload(noted, ids: ids)
    for key in keys {
      try store.keep(
        KeptEvent(
          key: key, listener: noted.event.listener, body: payload.body(for: key.identity),
          madeOn: noted.moment))
    }
  }

  /// Keeps the registrations of somebody as they are now, with what waits for those who are away.
  ///
  /// To be called when a registration or a socket came or went.
  func keepRegistrations(of identity: String, now: Timestamp) throws {
    guard store.isDurable else { return }
    let registrations = (realTime.keysOfIdentity[identity] ?? []).compactMap {
      realTime.registrations[$0]
    }
    let events = registrations.filter { realTime.isAbsent($0.key) }.flatMap { registration in
      registration.waiting.map { waiting in
        KeptEvent(
          key: registration.key, listener: waiting.listener, body: waiting.body,
          madeOn: waiting.madeOn)
      }
    }
    let rows = registrations.map { registration in
      RegistrationRow(
        key: registration.key, epid: registration.epid, madeOn: now,
        expiresOn: registration.expiresOn)
    }
    try store.transaction {
      try store.replaceRegistrations(of: identity, with: rows, events)
      try store.forgetRegistrations(
        expiredBy: now, eventsBefore: now - RealTimeLimits.redelivery)
    }
  }
}

extension Core {
  /// Keeps them after a socket came or went, which nobody answers: should the disk refuse, old events come twice at worst.
  mutating func keepRegistrations(of identity: String?, now: Timestamp) {
    guard let identity else { return }
    do {
      try keepRegistrations(of: identity, now: now) as Void
    } catch {
      warnings.append("What waits for \(identity) could not be kept: \(error)")
    }
  }
}

extension RealTime {
  /// True while no socket leads to the client of a registration.
  func isAbsent(_ key: Registration.Key) -> Bool {
    guard let registration = registrations[key] else { return true }
    return flows[registration.flow]?.socket == nil
  }

  /// Whose a socket is; `nil` for one that is gone, or not authenticated, or of somebody without registrations.
  func registered(over socket: Int) -> String? {
    guard let flow = sockets[socket]?.flow, let identity = flows[flow]?.identity,
      keysOfIdentity[identity] != nil
    else { return nil }
    return identity
  }

  mutating func restore(_ row: RegistrationRow) {
    var registration = Registration(
      key: row.key, epid: row.epid, flow: "", suffix: "", expiresOn: row.expiresOn)
    // What was on its way when the program ended is nobody's to know.
    registration.loss = .untold(row.madeOn)
    registrations[row.key] = registration
    keysOfIdentity[row.key.identity, default: []].append(row.key)
    look(at: row.expiresOn)
  }

  mutating func restore(_ event: KeptEvent) {
    registrations[event.key]?.waiting.append(
      Registration.Waiting(listener: event.listener, body: event.body, madeOn: event.madeOn))
    look(at: event.madeOn + RealTimeLimits.redelivery)
  }
}
