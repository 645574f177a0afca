import ACSTypes
import ACSWire

extension Router {
  /// The operations of real-time events; the sockets themselves come by ``Emulator/admitSocket(_:now:)``.
  static var realTimeRoutes: [Route] {
    let registrations = "\(RealTime.registrarPath)/{}/registrations"
    return [
      Route(
        "GET", "/chat/config/realTimeNotifications",
        .realTime { core, exchange, _ in try core.realTimeConfiguration(exchange) }),
      Route("GET", "/v4/a", .realTime { core, exchange, _ in try core.openFlow(exchange) }),
      Route("POST", "/v4/a", .realTime { core, exchange, _ in try core.openFlow(exchange) }),
      Route("GET", "/v4/h", .realTime { _, _, _ in .empty(200) }),
      Route("GET", "/socket.io/1", .realTime { core, exchange, _ in try core.handshake(exchange) }),
      Route(
        "POST", registrations,
        .realTime { core, exchange, arguments in
          try core.register(exchange, version: arguments[0])
        }),
      Route(
        "DELETE", "\(registrations)/{}",
        .realTime { core, exchange, arguments in
          try core.unregister(exchange, version: arguments[0], id: arguments[1])
        }),
    ]
  }
}

extension Core {
  /// `GET /chat/config/realTimeNotifications`: our own addresses, as the caller reaches us (REALTIME 3).
  ///
  /// Undocumented in the service's contract, it takes any api-version.
  func realTimeConfiguration(_ exchange: Exchange) throws -> HTTPResponse {
    _ = try authenticate(exchange)
    let origin = exchange.request.origin
    return .json(
      RealTimeConfiguration(
        trouterServiceURL: origin, registrarServiceURL: "\(origin)\(RealTime.registrarPath)",
        cloudType: "Public"))
  }

  /// `POST|GET /v4/a?epid=`: a flow, and what proves the right to it.
  mutating func openFlow(_ exchange: Exchange) throws -> HTTPResponse {
    let caller = try skypeCaller(exchange)
    let flow = realTime.openFlow(
      of: caller.identity.rawID, epid: exchange.query["epid"], origin: exchange.request.origin,
      until: caller.expiresOn, now: exchange.now)
    return .json(flow.connection(withSocketIO: true, now: exchange.now))
  }

  /// `GET /socket.io/1/?v=v4&…`: the handshake of socket.io 0.9, in plain text.
  mutating func handshake(_ exchange: Exchange) throws -> HTTPResponse {
    let flow = try realTime.flow(provenBy: { exchange.query[$0] }, now: exchange.now)
    if exchange.request.headers["X-Skypetoken"] != nil {
      let caller = try skypeCaller(exchange)
      guard caller.identity.rawID == flow.identity else {
        throw Refusal.notConnected("The token is of another identity than the connect parameters.")
      }
      realTime.flows[flow.id]?.authorisedUntil = caller.expiresOn
    } else if flow.authorisedUntil <= exchange.now {
      throw Refusal.notConnected(
        "The token that the connection was made with has expired; send a new one in X-Skypetoken.")
    }
    return HTTPResponse(
      status: 200, headers: ["Content-Type": "text/plain; charset=utf-8"],
      body: Array(realTime.handshake(flow, now: exchange.now).utf8))
  }

  /// `POST /registrar/prod/v2|v3/registrations`: 202, or 401 for a bad token.
  mutating func register(_ exchange: Exchange, version: String) throws -> HTTPResponse {
    try checkRegistrar(version)
    let caller = try skypeCaller(exchange)
    guard exchange.request.body.count <= RealTimeLimits.registration else {
      throw Refusal(
        413, "RequestEntityTooLarge", "The registration is too large.",
        why: "A registration may have \(RealTimeLimits.registration) bytes.")
    }
    try realTime.register(
      try exchange.body(as: RegistrationRequest.self), of: caller.identity.rawID,
      now: exchange.now)
    try keepRegistrations(of: caller.identity.rawID, now: exchange.now)
    return .empty(202)
  }

  /// `DELETE /registrar/prod/v2|v3/registrations/{id}`: 202, also when there is none.
  mutating func unregister(
    _ exchange: Exchange, version: String, id: String
  ) throws -> HTTPResponse {
    try checkRegistrar(version)
    let caller = try skypeCaller(exchange)
    realTime.removeRegistration(Registration.Key(identity: caller.identity.rawID, id: id))
    try keepRegistrations(of: caller.identity.rawID, now: exchange.now)
    return .empty(202)
  }

  private func checkRegistrar(_ version: String) throws(Refusal) {
    guard ["v2", "v3"].contains(version.lowercased()) else {
      throw Refusal(
        404, "NotFound", "The registrar has no version \(version).", why: "It has v2 and v3.")
    }
  }

  /// Who sent the request, by the user access token that these endpoints take in a header of their own.
  func skypeCaller(_ exchange: Exchange) throws -> ChatCaller {
    guard let token = exchange.request.headers["X-Skypetoken"], !token.isEmpty else {
      throw Refusal.unauthorized(
        "The header X-Skypetoken is missing; it takes a user access token.")
    }
    return try caller(by: Secret(token), now: exchange.now)
  }
}
