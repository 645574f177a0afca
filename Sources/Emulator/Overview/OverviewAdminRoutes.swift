import ACSTypes
import ACSWire

extension AdminRoute {
  /// What the emulator is, and what there is in it.
  static let overview = [
    AdminRoute("GET", "/facts") { core, _, _ in
      HTTPResponse(
        status: 200, headers: ["Content-Type": "application/json; charset=utf-8"], body: core.facts)
    },
    AdminRoute("GET", "/stats") { core, _, _ in .json(try core.stats()) },
    AdminRoute("GET", "/users") { core, exchange, _ in
      let limit = try exchange.query.integer("limit", from: 1) ?? 100
      return .json(["value": .array(try core.store.userOverview(limit: limit))] as JSONValue)
    },
    AdminRoute("GET", "/threads") { core, exchange, _ in
      let limit = try exchange.query.integer("limit", from: 1) ?? 100
      return .json(["value": .array(try core.store.threadOverview(limit: limit))] as JSONValue)
    },
  ]
}

extension Core {
  /// Everything that is counted.
  fileprivate func stats() throws -> JSONValue {
    let requests = journal.counts
    var object = JSONObject(
      try store.counts().map { ($0.name, JSONValue.integer($0.count)) }
        + [
          ("tokensIssued", .integer(Int64(tokenLedger.count))),
          ("bots", .integer(Int64(bots.count))),
          ("sockets", .integer(Int64(realTime.sockets.count))),
          ("registrations", .integer(Int64(realTime.registrations.count))),
          ("requests", .integer(Int64(requests.all))),
        ])
    for (first, count) in requests.byClass.sorted(by: { $0.key < $1.key }) {
      object["requests\(first)xx"] = .integer(Int64(count))
    }
    object["clock"] = clock.json
    return .object(object)
  }
}
