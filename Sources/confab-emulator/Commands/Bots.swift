import ACSTypes
import ACSWire
import ArgumentTable

extension EmulatorCommand {
  /// `confab emulator bot`: the participants that answer by rules.
  static let bot = EmulatorCommand(
    CommandTable(
      "bot", summary: "list the bots, or let one answer in a thread",
      examples: [
        CommandTable.Example(
          "confab emulator bot add echo --join 19:…@thread.v2", "Say everything again")
      ]), subcommands: [addBot, removeBot]
  ) { _, administration in
    let answer = try await administration.ask("GET", "/bots")
    let table = TextTable(
      ["NAME", "DISPLAY NAME", "IDENTITY", "RULES"], answer["value"]?.array ?? [],
      empty: "There is no bot."
    ) { bot in
      ["name", "displayName", "identity"].map(bot.shown)
        + ["\(bot["bot"]?["rules"]?.array?.count ?? 0)"]
    }
    return Answer(lines: table.lines, json: answer)
  }

  private static let addBot = EmulatorCommand(
    CommandTable(
      "add", summary: "make a bot, or give one another rule",
      about: [
        "Without --reply it says everything again. More rules than one: see --seed, or PUT /bots/NAME of the administration."
      ],
      options: [
        .text("name", "TEXT", "Its display name; NAME if not given"),
        .text("when", "PATTERN", "Answer what fits this, * for any text", repeatable: true),
        .text(
          "reply", "TEXT", "Say this; {text}, {sender}, {topic}, {me}, {1} are filled in",
          repeatable: true),
        .duration(
          "after", "TIME", in: .zero...(.seconds(3600)), "Take this long for each answer"),
        .text("greeting", "TEXT", "Say this when it comes into a thread"),
        .flag("no-typing", "Do not show that it types"),
        .flag("no-receipts", "Send no read receipts"),
        .text("join", "THREAD", "Take part in this thread", repeatable: true),
      ],
      operands: [.init("NAME", "What to call it")])
  ) { arguments, administration in
    let name = arguments.operand(0) ?? ""
    let replies = arguments.texts("reply")
    var rule: JSONObject = [
      "reply": .array((replies.isEmpty ? ["{text}"] : replies).map { .string($0) })
    ]
    let patterns = arguments.texts("when")
    if !patterns.isEmpty { rule["when"] = .array(patterns.map { .string($0) }) }
    var script: JSONObject = [
      "rules": [.object(rule)], "types": .bool(!arguments.flag("no-typing")),
      "reads": .bool(!arguments.flag("no-receipts")),
    ]
    if let pause = arguments.duration("after") {
      script["after"] = .number(Double(pause.wholeMilliseconds) / 1000)
    }
    script["greeting"] = arguments.text("greeting").map(JSONValue.string)
    let answer = try await administration.ask(
      "PUT", "/bots/\(name.percentEncoded)",
      [
        "name": .string(arguments.text("name") ?? name), "bot": .object(script),
      ])
    for thread in arguments.texts("join") {
      _ = try await administration.ask(
        "POST", "/bots/\(name.percentEncoded)/threads/\(thread.percentEncoded)")
    }
    return Answer(lines: ["\(name) is \(answer.shown("identity"))"], json: answer)
  }

  private static let removeBot = EmulatorCommand(
    CommandTable(
      "remove", summary: "let a bot answer no more; its identity stays",
      operands: [.init("NAME", "Which one")])
  ) { arguments, administration in
    let name = arguments.operand(0) ?? ""
    _ = try await administration.ask("DELETE", "/bots/\(name.percentEncoded)")
    return Answer(lines: ["\(name) answers no more."], json: [:])
  }
}
