import ACSTypes
import ACSWire

extension RealTime {
  /// A frame came over a socket; events other than `user.authenticate`, which needs the store.
  mutating func received(_ frame: SocketFrame, over id: Int, now: Timestamp) {
    guard sockets[id] != nil else { return }
    sockets[id]?.lastHeardOn = now
    switch frame.kind {
    case .heartbeat: heartbeatCame(over: id, now: now)
    case .message: responseCame(frame.data, over: id, now: now)
    case .event: eventCame(frame, over: id, now: now)
    case .connect, .acknowledgement, .nothing: break
    case .disconnect, .error:
      orders.append(.close(socket: id))
      socketClosed(id, now: now)
    case .json: refuse(id, "unsupported", "JSON frames have no meaning here.")
    }
  }

  /// Tells a client why it is no longer wanted, and closes its socket.
  mutating func refuse(_ id: Int, _ reason: String, _ words: String) {
    send(SocketFrame(.error, data: "\(reason)+\(words)"), over: id)
    send(SocketFrame(.disconnect), over: id)
    orders.append(.close(socket: id))
  }

  /// The echo of our heartbeat, or the client's own, which is echoed; never both, so that two who echo come to rest.
  private mutating func heartbeatCame(over id: Int, now: Timestamp) {
    guard let socket = sockets[id] else { return }
    if socket.owesHeartbeat {
      sockets[id]?.owesHeartbeat = false
    } else if now - socket.lastBeatOn >= .seconds(1) {
      sockets[id]?.lastBeatOn = now
      send(SocketFrame(.heartbeat), over: id)
    }
  }

  private mutating func responseCame(_ text: String, over id: Int, now: Timestamp) {
    let response: TunnelledResponse
    do throws(WireError) {
      response = try TunnelledResponse(text: text)
    } catch {
      return refuse(id, "malformed", "The response cannot be read: \(error)")
    }
    // An answer that comes too late answers nothing.
    guard let sent = sockets[id]?.sent.removeValue(forKey: response.id) else { return }
    switch sent.purpose {
    case .push(let push):
      orders.append(
        .answer(
          HTTPResponse(
            status: response.status, headers: ["Content-Type": "application/json"],
            body: Array(response.body.utf8)), push: push))
    case .event(let key, let waiting):
      // What failed on the client's side is tried again, as what it did not answer.
      if response.status >= 500 { returned(waiting, to: key, now: now) }
      flush(key, now: now)
    }
  }

  private mutating func eventCame(_ frame: SocketFrame, over id: Int, now: Timestamp) {
    let event: SocketEvent
    do throws(WireError) {
      event = try SocketEvent(text: frame.data)
    } catch {
      return refuse(id, "malformed", "The event cannot be read: \(error)")
    }
    var answer: [JSONValue] = []
    switch event.name {
    case SocketEvent.Name.ping: answer = ["pong"]
    case SocketEvent.Name.processedMessageLoss:
      for key in keysOfFlow[sockets[id]?.flow ?? ""] ?? [] {
        if case .told = registrations[key]?.loss { registrations[key]?.loss = .none }
      }
    default: break
    }
    if let number = frame.id, frame.wantsAcknowledgement {
      send(.acknowledgement(of: number, answer), over: id)
    }
  }

  // MARK: - Sending

  /// Sends a frame, while the socket is there.
  mutating func send(_ frame: SocketFrame, over id: Int) {
    guard let socket = sockets[id], !socket.isStalled else { return }
    orders.append(.send(frame.text, socket: id))
  }

  /// Sends an event under the socket's next number.
  mutating func send(event: SocketEvent, over id: Int) {
    guard let number = sockets[id].map({ $0.lastEvent + 1 }) else { return }
    sockets[id]?.lastEvent = number
    send(SocketFrame(.event, id: number, data: event.json.text), over: id)
  }

  /// Tells a client that events were lost under these tags, so that it looks for itself.
  mutating func sendLoss(_ tags: [String], since moment: Timestamp, over id: Int) {
    let etag = WireTime(event: moment, digits: ids.digits(4)).text
    let loss = MessageLoss(tags.map { MessageLoss.Indicator(tag: $0, etag: etag) })
    send(event: .messageLoss(loss), over: id)
  }

  /// Sends a request and notes who waits for its answer.
  mutating func send(
    _ method: String, path: String, headers: [String: String] = [:], body: String,
    for purpose: RealTimeSocket.Sent.Purpose, timeout: Duration, over id: Int, now: Timestamp
  ) {
    guard let number = sockets[id].map({ $0.lastRequest + 1 }) else { return }
    sockets[id]?.lastRequest = number
    sockets[id]?.sent[number] = RealTimeSocket.Sent(purpose: purpose, deadline: now + timeout)
    look(at: now + timeout)
    var headers = headers
    let origin: JSONValue = ["id": .string(ids.guid()), "src": .string("confab"), "port": 443]
    headers["trouter-request"] = origin.text
    headers["MS-CV"] = "\(ids.base64URL(characters: 22)).0"
    headers["Trouter-Timeout"] = "\(timeout.wholeMilliseconds)"
    let request = TunnelledRequest(
      id: number, method: method, url: path, headers: headers, body: body)
    send(SocketFrame(.message, data: request.json.text), over: id)
  }
}
