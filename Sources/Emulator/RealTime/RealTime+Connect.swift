import ACSTypes
import ACSWire

extension RealTime {
  /// A new flow of somebody's; those of the same client end once it registers anew.
  mutating func openFlow(
    of identity: String, epid: String?, origin: String, until: Timestamp, now: Timestamp
  ) -> Flow {
    let own = flows.values.filter { $0.identity == identity && $0.socket == nil }
    if own.count >= RealTimeLimits.perIdentity,
      let oldest = own.min(by: { ($0.startsOn, $0.id) < ($1.startsOn, $1.id) })
    {
      removeFlow(oldest.id)
    }
    let epid = String((epid ?? ids.guid()).prefix(RealTimeLimits.name))
    var flow = Flow(
      id: ids.base64URL(characters: 27), identity: identity, epid: epid,
      ccid: ids.base64URL(characters: 11), signature: ids.base64URL(characters: 43),
      startsOn: now, endsOn: now + RealTimeLimits.flow, origin: origin,
      authorisedUntil: until)
    // A client that comes back has its events kept, and is told when one was lost.
    flow.isFresh = !registrations.values.contains { registration in
      registration.key.identity == identity && registration.epid == epid
    }
    flows[flow.id] = flow
    look(at: flow.endsOn)
    return flow
  }

  /// The flow that `parameters` were given for.
  ///
  /// - Throws: ``Refusal`` with status 401 when they are not what was given, or too old.
  func flow(
    provenBy parameters: (String) -> String?, now: Timestamp
  ) throws(Refusal) -> Flow {
    guard let id = parameters("sr"), let flow = flows[id], parameters("sig") == flow.signature,
      flow.endsOn > now
    else {
      throw .notConnected(
        "The connect parameters sr and sig are not of an answer of /v4/a, or those have expired. Begin "
          + "there again.")
    }
    return flow
  }

  /// The socket.io 0.9 handshake: gives a session for one socket.
  mutating func handshake(_ flow: Flow, now: Timestamp) -> String {
    let session = ids.guid()
    sessions[session] = (flow.id, now + RealTimeLimits.opening)
    look(at: now + RealTimeLimits.opening)
    return SocketSession(
      id: session, heartbeat: RealTimeLimits.silence, closing: RealTimeLimits.silence,
      transports: ["websocket"]
    ).text
  }

  /// True while a handshake's session waits for its socket.
  func hasSession(_ session: String, now: Timestamp) -> Bool {
    sessions[session].map { $0.until > now && flows[$0.flow] != nil } ?? false
  }

  /// A socket opened for a handshake's session; without the session, it is closed at once.
  mutating func openSocket(session: String, now: Timestamp) -> Int {
    let id = number()
    guard let found = sessions.removeValue(forKey: session), let flow = flows[found.flow] else {
      orders.append(.close(socket: id))
      return id
    }
    insert(
      id, origin: flow.origin, epid: flow.epid, authorisedUntil: flow.authorisedUntil, now: now)
    send(SocketFrame(.connect), over: id)
    join(id, to: flow.id, now: now)
    return id
  }

  /// A socket opened in one step; it has to authenticate.
  mutating func openSocket(origin: String, epid: String?, now: Timestamp) -> Int {
    let id = number()
    insert(
      id, origin: origin, epid: String((epid ?? ids.guid()).prefix(RealTimeLimits.name)),
      authorisedUntil: now + RealTimeLimits.opening, now: now)
    send(SocketFrame(.connect), over: id)
    return id
  }

  /// A socket that was opened in one step brought a token.
  ///
  /// With the parameters of an earlier flow it takes that one up; a socket that has a flow already lives longer.
  mutating func authenticate(
    _ id: Int, as identity: String, until: Timestamp, parameters: TrouterParameters?, now: Timestamp
  ) {
    guard let socket = sockets[id] else { return }
    if let flow = flows[socket.flow] {
      guard flow.identity == identity else {
        return refuse(id, "unauthorized", "The token is of another identity.")
      }
      sockets[id]?.authorisedUntil = until
      return look(at: until)
    }
    var flow: Flow?
    if let parameters {
      let proven = try? self.flow(provenBy: { parameters[$0] }, now: now)
      flow = proven?.identity == identity ? proven : nil
    }
    let chosen =
      flow
      ?? openFlow(
        of: identity, epid: socket.epid, origin: socket.origin, until: until, now: now)
    sockets[id]?.authorisedUntil = until
    look(at: until)
    join(id, to: chosen.id, now: now)
  }

  /// Makes a socket the way to a flow; an earlier one of the same client is closed.
  private mutating func join(_ id: Int, to flowID: String, now: Timestamp) {
    for other in flows.values
    where other.id == flowID
      || (other.identity == flows[flowID]?.identity && other.epid == flows[flowID]?.epid)
    {
      guard let old = other.socket, old != id else { continue }
      send(SocketFrame(.disconnect), over: old)
      orders.append(.close(socket: old))
      socketClosed(old, now: now)
    }
    guard var flow = flows[flowID], let socket = sockets[id] else { return }
    let isFresh = flow.isFresh
    flow.socket = id
    flow.isFresh = false
    flows[flowID] = flow
    sockets[id]?.flow = flowID
    var connected = flow.connection(withSocketIO: false, now: now)
    let webSocket = socket.origin.replacing("http", with: "ws", maxReplacements: 1)
    let ttl = (flow.endsOn - now).components.seconds
    connected.unknown["ttl"] = .integer(ttl)
    connected.unknown["dur"] = "0"
    connected.unknown["reconnectUrl"] = .string("\(webSocket)/v4/c")
    send(event: SocketEvent(SocketEvent.Name.connected, [connected.json]), over: id)
    if isFresh { sendLoss([""], since: now, over: id) }
    for key in keysOfFlow[flowID] ?? [] { flush(key, now: now) }
  }

  private mutating func insert(
    _ id: Int, origin: String, epid: String, authorisedUntil: Timestamp, now: Timestamp
  ) {
    sockets[id] = RealTimeSocket(
      origin: origin, epid: epid, authorisedUntil: authorisedUntil, lastHeardOn: now,
      lastBeatOn: now)
    look(at: min(authorisedUntil, beatTime(after: now)))
  }

  /// A socket is gone; what it was sent and did not answer waits again, in the order in which it was sent.
  mutating func socketClosed(_ id: Int, now: Timestamp) {
    guard let socket = sockets.removeValue(forKey: id) else { return }
    if flows[socket.flow]?.socket == id { flows[socket.flow]?.socket = nil }
    for (_, sent) in socket.sent.sorted(by: { $0.key > $1.key }) {
      switch sent.purpose {
      case .event(let key, let waiting):
        registrations[key]?.waiting.insert(waiting, at: 0)
        look(at: waiting.madeOn + RealTimeLimits.redelivery)
      case .push(let push):
        orders.append(.answer(.gatewayTimeout("The client's socket closed."), push: push))
      }
    }
    for key in keysOfFlow[socket.flow] ?? [] {
      // What the client was told and did not take note of is told again.
      if case .told(let moment) = registrations[key]?.loss {
        registrations[key]?.loss = .untold(moment)
      }
    }
  }

  /// Closes the sockets of somebody whose tokens were revoked.
  mutating func revoke(_ identity: String, now: Timestamp) {
    for (id, socket) in sockets.sorted(by: { $0.key < $1.key })
    where flows[socket.flow]?.identity == identity {
      refuse(id, "unauthorized", "The token was revoked. Fetch a new one and begin anew.")
      socketClosed(id, now: now)
    }
    for flow in flows.values where flow.identity == identity { removeFlow(flow.id) }
    for key in keysOfIdentity[identity] ?? [] { removeRegistration(key) }
  }

  /// Ends a flow; the registrations for it go on waiting for the client to come back.
  mutating func removeFlow(_ id: String) {
    flows[id] = nil
  }
}

/// What proves the right to a flow, by name.
typealias TrouterParameters = [String: String]

extension Refusal {
  /// 401 of the socket's endpoints.
  static func notConnected(_ why: String) -> Refusal {
    Refusal(401, "Unauthorized", "The connection is not authorised.", why: why)
  }
}

extension HTTPResponse {
  /// What who asks a client gets when it does not answer.
  static func gatewayTimeout(_ why: String) -> HTTPResponse {
    HTTPResponse(
      Refusal(504, "GatewayTimeout", "The client did not answer.", why: why), plane: .other)
  }
}
