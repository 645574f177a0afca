import ACSTypes
import ACSWire

extension Core {
  /// Whether a request may become a socket of real-time events; `nil` when it is for another path.
  func admitSocket(_ request: HTTPRequest, now: Timestamp) -> SocketAdmission? {
    let segments = request.path.split(separator: "/")
    guard request.method == "GET" else { return nil }
    let exchange = Exchange(request, now: now)
    let mishap = Emulator.isSocket(request) ? Mishap(of: request, in: faults, now: now) : nil
    do {
      try mishap?.strike()
      if segments.count == 4, segments.starts(with: ["socket.io", "1", "websocket"]) {
        let session = String(segments[3])
        guard realTime.hasSession(session, now: now) else {
          throw Refusal.notConnected(
            "The session is unknown, used or over: take one by GET /socket.io/1/ and open its socket "
              + "within \(RealTimeLimits.opening.components.seconds) seconds.")
        }
        return .admitted(SocketTicket(kind: .session(session)))
      }
      guard segments == ["v4", "c"] else { return nil }
      let token = request.headers["X-Skypetoken"].map { Secret($0) }
      if token != nil { _ = try skypeCaller(exchange) }
      return .admitted(
        SocketTicket(
          kind: .oneStep(origin: request.origin, epid: exchange.query["epid"], token: token)))
    } catch {
      return .refused(refusal(error as? Refusal ?? .unauthorized("\(error)"), mishap))
    }
  }

  private func refusal(_ refusal: Refusal, _ mishap: Mishap?) -> EmulatorReply {
    var reply = EmulatorReply(response: HTTPResponse(refusal, plane: .other), deliveries: [])
    mishap?.spoil(&reply, plane: .other)
    return reply
  }

  /// The socket of an admitted request is open.
  mutating func socketOpened(_ ticket: SocketTicket, now: Timestamp) -> Int {
    switch ticket.kind {
    case .session(let session):
      return realTime.openSocket(session: session, now: now)
    case .oneStep(let origin, let epid, let token):
      let id = realTime.openSocket(origin: origin, epid: epid, now: now)
      if let token { authenticate(id, by: token, parameters: nil, now: now) }
      return id
    }
  }

  /// A text came over a socket.
  mutating func socketReceived(_ text: String, over id: Int, now: Timestamp) {
    guard text.utf8.count <= RealTimeLimits.frame else {
      return realTime.refuse(
        id, "toolarge", "A frame may have \(RealTimeLimits.frame) bytes.")
    }
    let frame: SocketFrame
    do throws(WireError) {
      frame = try SocketFrame(text: text)
    } catch {
      return realTime.refuse(id, "malformed", "\(error)")
    }
    if frame.kind == .event, let event = try? SocketEvent(text: frame.data),
      event.name == SocketEvent.Name.authenticate
    {
      let first = event.arguments.first
      let header =
        first?["headers"]?["Authorization"]?.string ?? first?["headers"]?["X-Skypetoken"]?.string
      let token = header.map { $0.lowercased().hasPrefix("bearer ") ? String($0.dropFirst(7)) : $0 }
      var parameters: TrouterParameters?
      if let object = first?["connectparams"]?.object {
        parameters = [:]
        for member in object.members { parameters?[member.name] = member.value.string }
      }
      authenticate(id, by: Secret(token ?? ""), parameters: parameters, now: now)
    }
    realTime.received(frame, over: id, now: now)
  }

  private mutating func authenticate(
    _ id: Int, by token: Secret, parameters: TrouterParameters?, now: Timestamp
  ) {
    do {
      let caller = try caller(by: token, now: now)
      realTime.authenticate(
        id, as: caller.identity.rawID, until: caller.expiresOn, parameters: parameters, now: now)
      keepRegistrations(of: realTime.registered(over: id), now: now)
    } catch {
      realTime.refuse(id, "unauthorized", (error as? Refusal)?.why ?? "\(error)")
    }
  }

  /// Somebody's request to a client, by the address that the client was given; `nil` for another path.
  mutating func push(_ request: HTTPRequest, now: Timestamp) -> Int? {
    let segments = request.path.split(separator: "/", maxSplits: 3)
    guard segments.count >= 3, segments.starts(with: ["v4", "f"]) else { return nil }
    return realTime.push(request, path: String(request.path), to: segments[2], now: now)
  }
}

/// Whether a request may become a socket.
public enum SocketAdmission: Sendable {
  /// It may; the socket is then opened with the ticket.
  case admitted(SocketTicket)
  /// It may not, and is answered with this.
  case refused(EmulatorReply)
}

/// The right to open a socket.
public struct SocketTicket: Sendable {
  enum Kind {
    case session(String)
    case oneStep(origin: String, epid: String?, token: Secret?)
  }

  let kind: Kind
}

/// What becomes of a socket, in order.
public enum SocketOutput: Sendable {
  /// This is sent.
  case text(String)
  /// It is closed.
  case close
  /// It is broken without a word.
  case drop
}
