import ACSTypes
import ACSWire
import ArgumentTable
import Emulator
import ServerProgram

extension EmulatorCommand {
  /// `confab emulator events`: what Event Grid has to tell, and who wants it.
  static let events = EmulatorCommand(
    CommandTable(
      "events", summary: "show the Event Grid events that wait, and those that were given up",
      options: [limit],
      examples: [
        CommandTable.Example(
          "confab emulator events subscribe http://127.0.0.1:8080/events", "Have events posted"),
        CommandTable.Example("confab emulator events dead", "What no web hook took"),
        CommandTable.Example("confab emulator events retry e12", "Try one of them anew"),
      ]),
    subcommands: [subscribe, subscriptions, deadEvents, retryEvents, clearDeadEvents]
  ) { arguments, administration in
    try await list("/events", "No event waits.", arguments, administration)
  }

  private static let limit = CommandTable.Option.integer(
    "limit", "COUNT", in: 1...10_000, "Show the newest ones only", default: 100)

  private static let deadEvents = EmulatorCommand(
    CommandTable("dead", summary: "show the events that were given up", options: [limit])
  ) { arguments, administration in
    try await list("/events/dead", "No event was given up.", arguments, administration)
  }

  private static let retryEvents = EmulatorCommand(
    CommandTable(
      "retry", summary: "try events anew that were given up",
      operands: [.init("ID", "As dead shows it; all without one", count: .optional)])
  ) { arguments, administration in
    let id = arguments.operand(0).map { "/\($0.percentEncoded)" } ?? ""
    let answer = try await administration.ask("POST", "/events/dead\(id)/retry")
    let count = answer["retried"]?.integer ?? 0
    return Answer(
      lines: ["\(count) \(count == 1 ? "event is" : "events are") tried anew."], json: answer)
  }

  private static let clearDeadEvents = EmulatorCommand(
    CommandTable("clear", summary: "forget the events that were given up")
  ) { _, administration in
    Answer(lines: [], json: try await administration.ask("DELETE", "/events/dead"))
  }

  private static let subscribe = EmulatorCommand(
    CommandTable(
      "subscribe", summary: "have events posted to a web hook, also after restarts",
      options: [
        .integer("max-attempts", in: 1...30, "Try an event so often", default: 30),
        .integer("ttl", "MINUTES", in: 1...1440, "Try it so long", default: 1440),
        .text("type", "TYPE", "Only events of this type", repeatable: true),
      ],
      operands: [.init("URL", "Where they go; it has to answer the validation")])
  ) { arguments, administration in
    var body: JSONObject = ["url": .string(arguments.operand(0) ?? "")]
    body["maxDeliveryAttempts"] = arguments.integer("max-attempts").map { .integer(Int64($0)) }
    body["eventTimeToLiveInMinutes"] = arguments.integer("ttl").map { .integer(Int64($0)) }
    let types = arguments.texts("type")
    if !types.isEmpty { body["includedEventTypes"] = .array(types.map(JSONValue.string)) }
    let answer = try await administration.ask("POST", "/subscriptions", .object(body))
    return Answer(lines: [subscriptionLine(answer)], json: answer)
  }

  private static let subscriptions = EmulatorCommand(
    CommandTable("subscriptions", summary: "show the web hooks, and whether they proved themselves")
  ) { _, administration in
    let answer = try await administration.ask("GET", "/subscriptions")
    let found = answer["value"]?.array ?? []
    return Answer(
      lines: found.isEmpty ? ["No web hook wants events."] : found.map(subscriptionLine),
      json: answer)
  }

  private static func list(
    _ path: String, _ nothing: String, _ arguments: ParsedArguments,
    _ administration: Administration
  ) async throws -> Answer {
    let answer = try await administration.ask(
      "GET", "\(path)?limit=\(arguments.integer("limit") ?? 100)")
    let events = answer["value"]?.array ?? []
    return Answer(lines: events.isEmpty ? [nothing] : events.map(eventLine), json: answer)
  }

  private static func eventLine(_ event: JSONValue) -> String {
    func text(_ name: String) -> String { event[name]?.string ?? "" }
    let type = text("type").split(separator: ".").last ?? ""
    let tries = event["deliveryAttempts"]?.integer ?? 0
    var line = "\(text("id"))  \(text("publishTime"))  \(type)  \(text("url"))"
    if tries > 0 { line += "  tried \(tries), last \(text("lastDeliveryOutcome"))" }
    if let reason = event["deadLetterReason"]?.string { return "\(line)  \(reason)" }
    return tries > 0 ? "\(line), next \(text("nextDeliveryAttemptTime"))" : line
  }

  private static func subscriptionLine(_ subscription: JSONValue) -> String {
    func text(_ name: String) -> String { subscription[name]?.string ?? "" }
    return "\(text("id"))  \(text("provisioningState"))  \(text("url"))"
  }
}
