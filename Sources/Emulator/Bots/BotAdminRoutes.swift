import ACSTypes
import ACSWire

extension AdminRoute {
  /// Participants that answer by rules.
  static let bots = [
    AdminRoute("GET", "/bots") { core, _, _ in
      let values = core.bots.scripts.sorted { $0.value.name < $1.value.name }
        .map { core.json(of: $0.value, $0.key) }
      return .json(["value": .array(values)] as JSONValue)
    },
    AdminRoute("PUT", "/bots/{}") { core, exchange, arguments in
      let body = SeedValue(json: try exchange.body(as: JSONValue.self), path: "")
      let (name, script) = (arguments[0], try readBot(body))
      guard 1...64 ~= name.utf8.count else {
        throw Refusal(400, "BadRequest", "A bot's name should have 1 to 64 bytes.", target: "name")
      }
      let identity = try core.store.makePerson(
        name, displayName: body.json["name"]?.string ?? name, bot: script,
        id: "8:acs:\(core.resource.id)_\(core.ids.identitySuffix())", now: exchange.now)
      core.bots.scripts = try core.store.bots()
      guard let bot = core.bots.scripts[identity] else { return .empty(204) }
      return .json(core.json(of: bot, identity), status: 201)
    },
    AdminRoute("DELETE", "/bots/{}") { core, _, arguments in
      _ = try core.bot(arguments[0])
      try core.store.removeBot(arguments[0])
      core.bots.scripts = try core.store.bots()
      return .empty(204)
    },
    AdminRoute("POST", "/bots/{}/threads/{}") { core, exchange, arguments in
      let (identity, bot) = try core.bot(arguments[0])
      guard let thread = try core.store.thread(arguments[1]), thread.deletedOn == nil,
        let host = try core.store.participants(in: thread.id).first
      else { throw Refusal(404, "NotFound", "There is no thread \(arguments[1]).") }
      let request = ChatRequests(endpoint: core.entra.origin).addParticipants(
        [
          ChatParticipant(
            identifier: CommunicationIdentifier(rawID: identity), displayName: bot.displayName)
        ], to: ChatThreadID(thread.id))
      let posts = PostedDeliveries()
      try core.act(request, as: host.identity, now: exchange.now) { posts.add($0) }
      return .empty(204)
    },
  ]

  private static func readBot(_ body: SeedValue) throws(Refusal) -> BotScript {
    do throws(SeedError) {
      try body.allow("name", "bot")
      return try BotScript(try body.required("bot"))
    } catch {
      throw Refusal(400, "BadRequest", error.message, target: error.path)
    }
  }
}

extension Core {
  fileprivate func json(of bot: Bot, _ identity: String) -> JSONValue {
    [
      "name": .string(bot.name), "displayName": .string(bot.displayName),
      "identity": .string(identity), "bot": bot.script.json,
    ]
  }

  fileprivate func bot(_ name: String) throws(Refusal) -> (identity: String, bot: Bot) {
    guard let found = bots.scripts.first(where: { $0.value.name == name }) else {
      let names = bots.scripts.values.map(\.name).sorted().joined(separator: ", ")
      throw Refusal(
        404, "NotFound", "There is no bot \(name); there are \(names.isEmpty ? "none" : names).")
    }
    return (found.key, found.value)
  }
}
