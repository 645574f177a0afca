import ACSTypes
import ACSWire
import ArgumentTable

extension EmulatorCommand {
  /// `confab emulator clock`: what the emulator's clock shows.
  static let clock = EmulatorCommand(
    CommandTable("clock", summary: "show the emulator's clock")
  ) { _, administration in
    told(try await administration.ask("GET", "/clock"))
  }

  /// `confab emulator advance TIME`: lets time pass at once.
  static let advance = EmulatorCommand(
    CommandTable(
      "advance", summary: "let time pass at once: tokens expire, rooms end",
      operands: [.init("TIME", "How much, such as 90s, 1h30m, 24h or 30d")],
      examples: [
        CommandTable.Example("confab emulator advance 24h", "Let every user access token expire")
      ])
  ) { arguments, administration in
    let duration = try duration(arguments)
    return told(
      try await administration.ask(
        "POST", "/clock", ["advanceMilliseconds": .integer(duration.wholeMilliseconds)]))
  }

  /// `confab emulator freeze`: stops the clock.
  static let freeze = EmulatorCommand(
    CommandTable("freeze", summary: "stop the emulator's clock")
  ) { _, administration in
    told(try await administration.ask("POST", "/clock", ["frozen": true]))
  }

  /// `confab emulator thaw`: lets the clock go on.
  static let thaw = EmulatorCommand(
    CommandTable("thaw", summary: "let the clock go on from where it stood")
  ) { _, administration in
    told(try await administration.ask("POST", "/clock", ["frozen": false]))
  }

  /// `confab emulator skew TIME`: a clock that is wrong.
  static let skew = EmulatorCommand(
    CommandTable(
      "skew", summary: "let the clock be wrong, so that signatures disagree with it",
      options: [.flag("slow", "Be behind, not ahead")],
      operands: [.init("TIME", "By how much, such as 10m; 0s is right again")],
      examples: [
        CommandTable.Example("confab emulator skew 10m --slow", "Be ten minutes behind")
      ])
  ) { arguments, administration in
    let milliseconds = try duration(arguments).wholeMilliseconds
    let signed = arguments.flag("slow") ? -milliseconds : milliseconds
    return told(
      try await administration.ask("POST", "/clock", ["skewMilliseconds": .integer(signed)]))
  }

  private static func duration(_ arguments: ParsedArguments) throws(CommandError) -> Duration {
    let text = arguments.operand(0) ?? ""
    guard let duration = DurationText.duration(text) else {
      throw CommandError(.usage, "'\(text)' is no time such as 90s, 15m or 24h")
    }
    return duration
  }

  private static func told(_ clock: JSONValue) -> Answer {
    var parts: [String] = []
    let (ahead, skew) = (
      clock["aheadMilliseconds"]?.integer ?? 0, clock["skewMilliseconds"]?.integer ?? 0
    )
    if ahead != 0 {
      let length = DurationText.text(.milliseconds(abs(ahead)))
      parts.append("\(length) \(ahead > 0 ? "ahead of" : "behind") the time outside")
    }
    if skew != 0 {
      parts.append(
        "wrong by \(DurationText.text(.milliseconds(abs(skew))))\(skew < 0 ? ", slow" : "")")
    }
    if clock["frozen"]?.bool == true { parts.append("frozen") }
    let state = parts.isEmpty ? "as outside" : parts.joined(separator: "; ")
    return Answer(lines: ["\(clock["now"]?.string ?? "")  \(state)"], json: clock)
  }
}
