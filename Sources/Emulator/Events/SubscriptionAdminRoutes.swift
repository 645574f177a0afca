import ACSTypes
import ACSWire

extension AdminRoute {
  /// The web hooks that want Event Grid events.
  static let subscriptions = [
    AdminRoute("GET", "/subscriptions") { core, _, _ in
      .json(["value": .array(core.subscriptions.map(\.json))] as JSONValue)
    },
    AdminRoute("POST", "/subscriptions") { core, exchange, _ in
      guard let url = try exchange.body(as: JSONValue.self)["url"]?.string else {
        throw Refusal(400, "BadRequest", "url: This is required and missing.", target: "url")
      }
      return .json(try core.subscribe(to: url, isKept: true).json, status: 201)
    },
    AdminRoute("DELETE", "/subscriptions/{}") { core, _, arguments in
      guard let place = core.subscriptions.firstIndex(where: { $0.id == arguments[0] }) else {
        throw Refusal(404, "NotFound", "There is no subscription \(arguments[0]).")
      }
      try core.store.removeSubscription(core.subscriptions.remove(at: place).id)
      return .empty(204)
    },
  ]
}
