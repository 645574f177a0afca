import ACSTypes
import ACSWire

extension AdminRoute {
  /// What goes wrong with real-time events, and who is connected.
  static let realTime = [
    AdminRoute("GET", "/realtime") { core, _, _ in .json(core.realTime.summary) },
    AdminRoute("GET", "/realtime/faults") { core, _, _ in
      .json(["value": .array(core.realTime.faults.all.map(\.json))] as JSONValue)
    },
    AdminRoute("POST", "/realtime/faults") { core, exchange, _ in
      let fault = try RealTimeFault(try exchange.body(as: JSONValue.self))
      core.realTime.faults.all.append(fault)
      return .json(fault.json, status: 201)
    },
    AdminRoute("DELETE", "/realtime/faults") { core, _, _ in
      core.realTime.faults.all = []
      return .empty(204)
    },
    AdminRoute("POST", "/realtime/disconnect") { core, exchange, _ in
      for id in core.realTime.sockets.keys.sorted() {
        core.realTime.orders.append(.close(socket: id))
        core.realTime.socketClosed(id, now: exchange.now)
      }
      return .empty(204)
    },
  ]
}

extension RealTime {
  /// Who is connected and what waits, in numbers.
  var summary: JSONValue {
    let waiting = registrations.values.reduce(0) { $0 + $1.waiting.count }
    return [
      "sockets": .integer(Int64(sockets.count)), "flows": .integer(Int64(flows.count)),
      "registrations": .integer(Int64(registrations.count)), "waiting": .integer(Int64(waiting)),
    ]
  }
}

extension RealTimeFault {
  /// Reads a fault: `{"kind": "drop", "eventId": 200, "identity": "8:acs:…", "count": 1, "delayMilliseconds": 5000}`.
  ///
  /// - Throws: ``Refusal`` with status 400, naming the kinds there are.
  init(_ json: JSONValue) throws(Refusal) {
    guard let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)) else {
      let kinds = Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw Refusal(400, "BadRequest", "kind should be one of \(kinds).", target: "kind")
    }
    let count = json["count"]?.integer ?? 1
    guard 1...1_000_000 ~= count else {
      throw Refusal(400, "BadRequest", "count should be from 1 to 1000000.", target: "count")
    }
    let delay = json["delayMilliseconds"]?.integer ?? 5000
    guard 0...3_600_000 ~= delay else {
      throw Refusal(
        400, "BadRequest", "delayMilliseconds should be from 0 to 3600000.",
        target: "delayMilliseconds")
    }
    self.init(
      kind: kind, eventID: json["eventId"]?.integer.map { Int($0) },
      identity: json["identity"]?.string, delay: .milliseconds(delay), remaining: Int(count))
  }

  /// What ``init(_:)`` reads.
  var json: JSONValue {
    var object: JSONObject = ["kind": .string(kind.rawValue), "count": .integer(Int64(remaining))]
    object["eventId"] = eventID.map { .integer(Int64($0)) }
    object["identity"] = identity.map(JSONValue.string)
    if kind == .delay { object["delayMilliseconds"] = .integer(delay.wholeMilliseconds) }
    return .object(object)
  }
}
