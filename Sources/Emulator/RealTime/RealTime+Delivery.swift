import ACSTypes
import ACSWire

extension RealTime {
  /// Brings an event that was committed to everybody who is to be told.
  mutating func publish(_ noted: NotedEvent, now: Timestamp) {
    guard noted.recipients.contains(where: { keysOfIdentity[$0] != nil }) else { return }
    let payload = EventPayload(noted, ids: ids)
    for recipient in noted.recipients {
      guard let keys = keysOfIdentity[recipient] else { continue }
      let body = (strangePayload(noted, to: recipient, now: now) ?? payload).body(for: recipient)
      // Nobody wants to know that somebody was typing a while ago.
      for key in keys where noted.event.kind != .typing || !isAbsent(key) {
        let waiting = Registration.Waiting(
          listener: noted.event.listener, body: body, madeOn: now)
        enqueue(waiting, event: noted.event.id, for: key, now: now)
      }
    }
  }

  /// Lines an event up for a registration, with what goes wrong on purpose.
  private mutating func enqueue(
    _ waiting: Registration.Waiting, event: Int, for key: Registration.Key, now: Timestamp
  ) {
    guard let waiting = struck(waiting, event: event, for: key, now: now) else {
      return flush(key, now: now)
    }
    if let moment = waiting.notBefore { look(at: moment) }
    let passed = registrations[key]?.waiting.firstIndex { $0.yields }
    registrations[key]?.waiting.append(waiting)
    if let passed, var late = registrations[key]?.waiting.remove(at: passed) {
      late.yields = false
      late.notBefore = nil
      registrations[key]?.waiting.append(late)
    }
    if let count = registrations[key]?.waiting.count, count > RealTimeLimits.waiting {
      registrations[key]?.waiting.removeFirst()
      lost(key, now: now)
    }
    look(at: now + RealTimeLimits.redelivery)
    flush(key, now: now)
  }

  /// Notes that a client lacks an event.
  mutating func lost(_ key: Registration.Key, now: Timestamp) {
    registrations[key]?.loss = .untold(now)
  }

  /// An event that was sent was not taken: it is sent again, or given up.
  mutating func returned(
    _ waiting: Registration.Waiting, to key: Registration.Key, now: Timestamp
  ) {
    if waiting.attempts >= RealTimeLimits.attempts {
      lost(key, now: now)
    } else {
      registrations[key]?.waiting.insert(waiting, at: 0)
    }
  }

  /// Sends what waits for a registration and is due, as far as its client is there and keeps up.
  mutating func flush(_ key: Registration.Key, now: Timestamp) {
    guard let registration = registrations[key],
      let socket = flows[registration.flow]?.socket, sockets[socket] != nil
    else { return }
    registrations[key]?.isAway = false
    if case .untold(let moment) = registration.loss {
      registrations[key]?.loss = .told(moment)
      sendLoss([registration.tag], since: moment, over: socket)
    }
    guard !registration.waiting.isEmpty else { return }
    var free = RealTimeLimits.window - (sockets[socket]?.sent.count ?? 0)
    var held: [Registration.Waiting] = []
    for waiting in registration.waiting {
      guard free > 0, waiting.notBefore.map({ $0 <= now }) ?? true else {
        held.append(waiting)
        continue
      }
      free -= 1
      var sent = waiting
      sent.attempts += 1
      send(
        "POST", path: "/v4/f/\(registration.flow)/\(registration.suffix)\(waiting.listener)",
        headers: [
          "Content-Type": "application/json; charset=utf-8",
          "X-Microsoft-Skype-Message-ID": ids.guid(),
        ].merging(waiting.headers) { $1 }, body: waiting.body, for: .event(registration: key, sent),
        timeout: RealTimeLimits.answer, over: socket, now: now)
    }
    registrations[key]?.waiting = held
  }

  /// Sends somebody's request to the client of a flow; its answer comes as an order under the number.
  mutating func push(
    _ request: HTTPRequest, path: String, to flowID: Substring, now: Timestamp
  ) -> Int {
    let push = number()
    guard let flow = flows[String(flowID)] else {
      orders.append(
        .answer(
          HTTPResponse(
            Refusal(
              404, "NotFound", "There is no such client.",
              why: "The address is of no client that is or was connected."), plane: .other),
          push: push))
      return push
    }
    guard let socket = flow.socket,
      (sockets[socket]?.sent.count ?? 0) < RealTimeLimits.window
    else {
      orders.append(
        .answer(.gatewayTimeout("The client is not connected, or too slow."), push: push))
      return push
    }
    var headers: [String: String] = [:]
    for field in request.headers.fields
    where !["authorization", "host", "content-length", "connection"].contains(
      field.name.lowercased())
    {
      headers[field.name] = field.value
    }
    let asked = request.headers["Trouter-Timeout"].flatMap { Int64($0) }.map(Duration.milliseconds)
    let timeout = min(max(asked ?? RealTimeLimits.answer, .zero), RealTimeLimits.longestAnswer)
    send(
      request.method, path: path, headers: headers,
      body: String(decoding: request.body, as: UTF8.self), for: .push(push), timeout: timeout,
      over: socket, now: now)
    return push
  }
}
