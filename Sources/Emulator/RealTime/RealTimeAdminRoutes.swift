import ACSTypes
import ACSWire

extension AdminRoute {
  /// Who is connected.
  static let realTime = [
    AdminRoute("GET", "/realtime") { core, _, _ in .json(core.realTime.summary) }
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
