import ACSTypes
import ACSWire

extension AdminRoute {
  /// How many messages are told when nobody says.
  private static let shownMessages = 100

  /// The messages that were sent and that came.
  static let sms = [
    AdminRoute("GET", "/sms") { core, exchange, _ in
      let limit = try exchange.query.integer("limit", from: 1) ?? shownMessages
      let messages = try core.store.messagesBySMS(limit: limit)
      return .json(["value": .array(messages.map(\.json))] as JSONValue)
    },
    AdminRoute("POST", "/sms/incoming") { core, exchange, _ in
      let body = try exchange.body(as: JSONValue.self)
      let message = try core.receiveSMS(
        from: body["from"]?.string ?? "", to: body["to"]?.string ?? core.rules.phoneNumbers[0],
        text: body["message"]?.string ?? "", now: exchange.now)
      return .json(message.json, status: 201)
    },
  ]
}
