import ACSTypes
import ACSWire
import ServiceAuth

extension RealTime {
  private static let deliveryFaults: Set<FaultKind> = [
    .drop, .lose, .duplicate, .alteredDuplicate, .late, .reorder, .unknownEvent,
  ]
  private static let bodyFaults: Set<FaultKind> = [.gzipBody, .cpBody, .gpBody]
  private static let payloadFaults: Set<FaultKind> = [.nullShareHistoryTime, .fineTimes]

  private func take(
    _ kinds: Set<FaultKind>, event: Int, to identity: String, now: Timestamp
  ) -> Fault? {
    faults.take(now: now) { fault in
      kinds.contains(fault.kind) && fault.scope.covers(event: event, to: identity)
    }
  }

  /// What somebody is told in place of what is so; `nil` mostly.
  func strangePayload(
    _ noted: NotedEvent, to recipient: String, now: Timestamp
  ) -> EventPayload? {
    guard
      let fault = take(
        RealTime.payloadFaults, event: noted.event.id, to: recipient, now: now)
    else { return nil }
    return EventPayload(
      noted, ids: ids, hidesHistory: fault.kind == .nullShareHistoryTime,
      hasFineTimes: fault.kind == .fineTimes)
  }

  /// An event as it is lined up after what goes wrong with it on purpose; `nil` when it is lost.
  mutating func struck(
    _ waiting: Registration.Waiting, event: Int, for key: Registration.Key, now: Timestamp
  ) -> Registration.Waiting? {
    if registrations[key]?.isAway == true {
      lost(key, now: now)
      return nil
    }
    let plain = waiting
    var waiting = waiting
    if let fault = take(RealTime.bodyFaults, event: event, to: key.identity, now: now) {
      RealTime.wrap(&waiting, as: fault.kind)
    }
    guard let fault = take(RealTime.deliveryFaults, event: event, to: key.identity, now: now)
    else { return waiting }
    switch fault.kind {
    case .lose: return nil
    case .drop:
      lost(key, now: now)
      return nil
    case .duplicate: registrations[key]?.waiting.append(waiting)
    case .alteredDuplicate:
      registrations[key]?.waiting.append(waiting)
      waiting = plain
      waiting.body = RealTime.altered(plain.body)
    case .late: waiting.notBefore = now + fault.time
    case .reorder:
      waiting.notBefore = now + .seconds(2)
      waiting.yields = true
    case .unknownEvent:
      registrations[key]?.waiting.append(
        Registration.Waiting(
          listener: "somethingNew", body: #"{"eventId":999,"groupId":""}"#, madeOn: now))
    default: break
    }
    return waiting
  }

  /// An event's body as the same event with another text and another name would have it.
  private static func altered(_ body: String) -> String {
    guard var members = try? JSONValue.parse(body).object else { return body }
    for name in ["messageBody", "senderDisplayName"] {
      if let text = members[name]?.string { members[name] = .string("\(text) (again)") }
    }
    return JSONValue.object(members).text
  }

  /// Writes an event's body in one of the forms in which the service nests it (REALTIME 4.4).
  private static func wrap(_ waiting: inout Registration.Waiting, as kind: FaultKind) {
    let body = Array(waiting.body.utf8)
    switch kind {
    case .gzipBody:
      waiting.body = GZip.stored(body).base64
      waiting.headers["X-Microsoft-Skype-Content-Encoding"] = "gzip"
    case .cpBody:
      waiting.body = (["cp": .string(GZip.stored(body).base64)] as JSONValue).text
    default:
      waiting.body = (["gp": .string(body.base64)] as JSONValue).text
    }
  }

  // MARK: - At once

  /// Does what goes wrong with sockets and registrations.
  ///
  /// - Returns: How many it struck.
  mutating func strike(_ kind: FaultKind, _ scope: FaultScope, now: Timestamp) -> Int {
    let ids = sockets.keys.sorted().filter { id in
      scope.covers(user: flows[sockets[id]?.flow ?? ""]?.identity ?? "")
    }
    switch kind {
    case .disconnect: end(ids, by: { .close(socket: $0) }, now: now)
    case .cut: end(ids, by: { .drop(socket: $0) }, now: now)
    case .stopHeartbeats: for id in ids { sockets[id]?.lacksHeartbeats = true }
    case .stallSockets: for id in ids { sockets[id]?.isStalled = true }
    case .expireRegistrations, .gap:
      let keys = registrations.keys.filter { scope.covers(user: $0.identity) }
      if kind == .gap { end(ids, by: { .drop(socket: $0) }, now: now) }
      for key in keys {
        guard kind == .gap else {
          removeRegistration(key)
          continue
        }
        registrations[key]?.waiting = []
        registrations[key]?.isAway = true
        lost(key, now: now)
      }
      return keys.count
    default: return 0
    }
    return ids.count
  }

  private mutating func end(_ ids: [Int], by order: (Int) -> Order, now: Timestamp) {
    for id in ids {
      orders.append(order(id))
      socketClosed(id, now: now)
    }
  }
}
