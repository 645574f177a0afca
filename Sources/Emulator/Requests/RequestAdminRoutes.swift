import ACSTypes
import ACSWire

extension AdminRoute {
  /// What was asked lately: `GET /requests?limit=100&after=0`.
  static let requests = [
    AdminRoute("GET", "/requests") { core, exchange, _ in
      let limit = try exchange.query.integer("limit", from: 1) ?? 100
      let after = try exchange.query.integer("after", from: 0) ?? 0
      let found = core.journal.newest(limit, after: after)
      let values = found.map { number, record in
        var object = record.json.object ?? [:]
        object["number"] = .integer(Int64(number))
        return JSONValue.object(object)
      }
      return .json(
        [
          "value": .array(values), "last": .integer(Int64(core.journal.counts.all)),
        ] as JSONValue)
    }
  ]
}
