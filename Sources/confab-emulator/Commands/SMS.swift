import ACSWire
import ArgumentTable

extension EmulatorCommand {
  /// `confab emulator sms`: what was sent, and what came.
  static let sms = EmulatorCommand(
    CommandTable(
      "sms", summary: "show the messages that were sent and that came",
      options: [
        .integer("limit", "COUNT", in: 1...10_000, "Show the newest ones only", default: 100)
      ],
      examples: [
        CommandTable.Example("confab emulator sms --limit 10", "The last ten"),
        CommandTable.Example("confab emulator sms receive --from +14255550123 STOP", "Opt out"),
      ]), subcommands: [receiveSMS]
  ) { arguments, administration in
    let answer = try await administration.ask(
      "GET", "/sms?limit=\(arguments.integer("limit") ?? 100)")
    let messages = answer["value"]?.array ?? []
    return Answer(
      lines: messages.isEmpty ? ["No message was sent, and none came."] : messages.map(line),
      json: answer)
  }

  /// `confab emulator sms receive TEXT`: somebody sends a message to a number of the resource.
  private static let receiveSMS = EmulatorCommand(
    CommandTable(
      "receive", summary: "let a message come to a number of the resource",
      options: [
        .text("from", "NUMBER", "Who sends it", default: "+14255550199"),
        .text("to", "NUMBER", "The resource's number; its first one if not given"),
      ],
      operands: [.init("TEXT", "What it says; STOP and START opt out and in")])
  ) { arguments, administration in
    var body: [(String, JSONValue)] = [
      ("from", .string(arguments.text("from") ?? "")),
      ("message", .string(arguments.operand(0) ?? "")),
    ]
    if let number = arguments.text("to") { body.append(("to", .string(number))) }
    let answer = try await administration.ask(
      "POST", "/sms/incoming", .object(JSONObject(body)))
    return Answer(lines: [line(answer)], json: answer)
  }

  private static func line(_ message: JSONValue) -> String {
    func text(_ name: String) -> String { message[name]?.string ?? "" }
    let tag = message["tag"]?.string.map { "  [\($0)]" } ?? ""
    return "\(text("sentOn"))  \(text("from")) → \(text("to"))  \(text("status"))\(tag)\n"
      + "    \(text("message").replacing("\n", with: "\n    "))"
  }
}
