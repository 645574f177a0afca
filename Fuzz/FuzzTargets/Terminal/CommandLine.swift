import ArgumentTable

extension FuzzTarget {
  /// Command lines, one argument a line, by a table with every kind of option.
  static let commandLine = FuzzTarget("command-line", longestInput: 1024) { bytes in
    var input = Input(bytes)
    var arguments: [String] = []
    while let line = input.line() {
      // An argument of a process ends at a zero.
      arguments.append(String(line.prefix { $0 != "\0" }))
    }
    do {
      let parsed = try table.parse(arguments)
      _ = (parsed.flag("quiet"), parsed.text("name"), parsed.texts("header"))
      if let port = parsed.integer("port") {
        try require(0...65_535 ~= port, "a port of \(port)")
      }
      if let wait = parsed.duration("wait") {
        try require(.seconds(1) <= wait && wait <= .seconds(86_400), "a wait of \(wait)")
      }
    } catch let error as UsageError {
      try require(!error.message.isEmpty, "a refusal without words")
    }
  }

  private static let table = CommandTable(
    "sample", summary: "Everything that a table can have",
    options: [
      .flag("quiet", short: "q", "Say nothing"), .flag("quite-another", "Begin alike"),
      .text("name", "NAME", "A text"), .text("header", "FIELD", "Several", repeatable: true),
      .integer("port", in: 0...65_535, "A number", default: 1),
      .duration("wait", "TIME", in: .seconds(1)...(.seconds(86_400)), "A time"),
      .choice("colour", ["always", "never"], "A word", default: "never"),
    ],
    subcommands: [
      CommandTable(
        "send", summary: "Operands", options: [.flag("loud", short: "l", "An option")],
        operands: [
          CommandTable.Operand("TO", "One"), CommandTable.Operand("TEXT", "Many", count: .many),
        ]),
      CommandTable("run", summary: "Another program's arguments", passesOn: true),
    ])
}
