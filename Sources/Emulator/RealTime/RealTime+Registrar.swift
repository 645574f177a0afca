import ACSTypes
import ACSWire

extension RealTime {
  /// Registers a client for the events of an identity; the same id again replaces.
  ///
  /// A client that comes back with a new flow, and the same id or the same name for itself, gets what waited for it.
  ///
  /// - Throws: ``Refusal`` with status 400 for a path that is none of a flow of the identity's.
  mutating func register(
    _ request: RegistrationRequest, of identity: String, now: Timestamp
  ) throws(Refusal) {
    guard 1...RealTimeLimits.name ~= request.registrationID.utf8.count else {
      throw Refusal(
        400, "BadRequest", "registrationId should have 1 to \(RealTimeLimits.name) bytes.",
        target: "registrationId")
    }
    // Telephones are not reached from here: their transports are taken and forgotten.
    guard let transport = request.transports["TROUTER"]?.first else { return }
    guard transport.ttl > 0 else {
      throw Refusal(400, "BadRequest", "ttl should be a number of seconds.", target: "ttl")
    }
    let (flow, suffix) = try place(transport.path, of: identity)
    let key = Registration.Key(identity: identity, id: request.registrationID)
    var registration = takeOver(key, by: flow)
    registration.flow = flow.id
    registration.epid = flow.epid
    registration.suffix = suffix
    registration.expiresOn = now + .seconds(Int64(min(transport.ttl, RealTimeLimits.ttl)))
    removeRegistration(key)
    registrations[key] = registration
    let keys = keysOfIdentity[identity] ?? []
    if keys.count >= RealTimeLimits.perIdentity { removeRegistration(keys[0]) }
    keysOfIdentity[identity, default: []].append(key)
    keysOfFlow[flow.id, default: []].insert(key)
    look(at: registration.expiresOn)
    flush(key, now: now)
  }

  /// Ends a registration; one that is not there needs no end.
  mutating func removeRegistration(_ key: Registration.Key) {
    guard let registration = registrations.removeValue(forKey: key) else { return }
    keysOfIdentity[key.identity]?.removeAll { $0 == key }
    if keysOfIdentity[key.identity]?.isEmpty == true { keysOfIdentity[key.identity] = nil }
    keysOfFlow[registration.flow]?.remove(key)
    if keysOfFlow[registration.flow]?.isEmpty == true { keysOfFlow[registration.flow] = nil }
  }

  /// The registration as it was, with what waits for others of the same client whose flows have no socket any more.
  private mutating func takeOver(_ key: Registration.Key, by flow: Flow) -> Registration {
    var result =
      registrations[key]
      ?? Registration(
        key: key, epid: flow.epid, flow: flow.id, suffix: "", expiresOn: .epoch)
    for old in keysOfIdentity[key.identity] ?? [] where old != key {
      guard let registration = registrations[old], registration.flow != flow.id,
        registration.epid == flow.epid, flows[registration.flow]?.socket == nil
      else { continue }
      result.waiting += registration.waiting
      if case .untold = registration.loss { result.loss = registration.loss }
      removeRegistration(old)
    }
    return result
  }

  /// The flow that a path leads to, and what follows it.
  private func place(
    _ path: String, of identity: String
  ) throws(Refusal) -> (flow: Flow, suffix: String) {
    let parts = path.firstRange(of: "/v4/f/").map { path[$0.upperBound...] } ?? ""
    let id = parts.prefix { $0 != "/" }
    guard let flow = flows[String(id)], flow.identity == identity else {
      throw Refusal(
        400, "BadRequest", "The path is none of this client's.", target: "transports.TROUTER.path",
        why: "path should be the surl of the last answer of /v4/a, or of trouter.connected.")
    }
    let rest = parts.dropFirst(id.count).drop { $0 == "/" }
    guard rest.utf8.count <= RealTimeLimits.name else {
      throw Refusal(400, "BadRequest", "The path is too long.", target: "transports.TROUTER.path")
    }
    return (flow, rest.isEmpty || rest.hasSuffix("/") ? String(rest) : "\(rest)/")
  }
}
