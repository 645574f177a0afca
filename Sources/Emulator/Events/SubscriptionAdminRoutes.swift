import ACSTypes
import ACSWire

extension AdminRoute {
  /// The web hooks that want Event Grid events.
  static let subscriptions = [
    AdminRoute("GET", "/subscriptions") { core, exchange, _ in
      let list = core.subscriptions.map { $0.json(now: exchange.now) }
      return .json(["value": .array(list)] as JSONValue)
    },
    AdminRoute("POST", "/subscriptions") { core, exchange, _ in
      let body = try exchange.body(as: JSONValue.self)
      guard let url = body["url"]?.string else {
        throw Refusal(400, "BadRequest", "url: This is required and missing.", target: "url")
      }
      let subscription = try core.subscribe(
        to: url, options: try EventOptions(body), isKept: true, now: exchange.now)
      return .json(subscription.json(now: exchange.now), status: 201)
    },
    AdminRoute("DELETE", "/subscriptions/{}") { core, _, arguments in
      guard let place = core.subscriptions.firstIndex(where: { $0.id == arguments[0] }) else {
        throw Refusal(404, "NotFound", "There is no subscription \(arguments[0]).")
      }
      let subscription = core.subscriptions.remove(at: place)
      try core.store.transaction {
        try core.store.removeSubscription(subscription.id)
        try core.store.removeEvents(for: subscription.url)
      }
      try core.findNextEvent()
      return .empty(204)
    },
  ]
}
