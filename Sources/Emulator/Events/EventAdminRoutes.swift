import ACSTypes
import ACSWire

extension AdminRoute {
  /// How many events are told when nobody says.
  private static let shownEvents = 100

  /// The events that wait for a web hook, and those that were given up.
  static let events = [
    AdminRoute("GET", "/events") { core, exchange, _ in
      try eventList(core, exchange, dead: false)
    },
    AdminRoute("GET", "/events/dead") { core, exchange, _ in
      try eventList(core, exchange, dead: true)
    },
    AdminRoute("DELETE", "/events/dead") { core, _, _ in
      try core.store.transaction { try core.store.removeDeadEvents() }
      return .empty(204)
    },
    AdminRoute("POST", "/events/dead/retry") { core, exchange, _ in
      try core.reviveEvents(nil, now: exchange.now)
    },
    AdminRoute("POST", "/events/dead/{}/retry") { core, exchange, arguments in
      guard arguments[0].first == "e", let id = Int64(arguments[0].dropFirst()),
        let row = try core.store.event(id), row.death != nil
      else {
        throw Refusal(
          404, "NotFound", "No event \(arguments[0]) was given up.",
          why: "No event \(arguments[0]) was given up; confab emulator events dead lists those.")
      }
      return try core.reviveEvents(id, now: exchange.now)
    },
  ]

  private static func eventList(
    _ core: Core, _ exchange: Exchange, dead isDead: Bool
  ) throws -> HTTPResponse {
    let limit = try exchange.query.integer("limit", from: 1) ?? shownEvents
    let rows = try core.store.events(dead: isDead, limit: limit)
    return .json(["value": .array(rows.map(\.json))] as JSONValue)
  }
}

extension Core {
  /// Lets events that were given up begin anew.
  fileprivate func reviveEvents(_ id: Int64?, now: Timestamp) throws -> HTTPResponse {
    let count = try store.transaction { try store.reviveEvents(id, now: now) }
    try findNextEvent()
    return .json(["retried": .integer(Int64(count))] as JSONValue)
  }
}
