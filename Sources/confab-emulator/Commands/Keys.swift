import ACSTypes
import ACSWire
import ArgumentTable

extension EmulatorCommand {
  /// `confab emulator keys`: the two access keys.
  static let keys = EmulatorCommand(
    CommandTable(
      "keys", summary: "show the access keys, or make one anew",
      examples: [
        CommandTable.Example("confab emulator keys", "Both keys"),
        CommandTable.Example(
          "confab emulator keys regenerate primary", "Another key, as after a leak"),
      ]), subcommands: [regenerateKey]
  ) { _, administration in
    told(try await administration.ask("GET", "/keys"))
  }

  /// `confab emulator keys regenerate KEY`: another key in place of one of them.
  private static let regenerateKey = EmulatorCommand(
    CommandTable(
      "regenerate", summary: "make a key anew; what the old one signs is refused from then on",
      operands: [.init("KEY", "primary or secondary")])
  ) { arguments, administration in
    told(
      try await administration.ask(
        "POST", "/keys/\((arguments.operand(0) ?? "").percentEncoded)"))
  }

  private static func told(_ keys: JSONValue) -> Answer {
    let members = keys.object?.members ?? []
    return Answer(
      lines: members.map { "\($0.name)  \($0.value.string ?? "")" }, json: keys)
  }
}
