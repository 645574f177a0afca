import ACSTypes
import ACSWire
import ArgumentTable

extension EmulatorCommand {
  /// `confab emulator keys`: the two access keys, and making one anew.
  static let keys = EmulatorCommand(
    CommandTable(
      "keys", summary: "show the access keys, or make one anew",
      options: [
        .choice(
          "regenerate", ["primary", "secondary"],
          "Make this key anew; what the old one signs is refused from then on")
      ],
      examples: [
        CommandTable.Example("confab emulator keys", "Both keys"),
        CommandTable.Example(
          "confab emulator keys --regenerate primary", "Another key, as after a leak"),
      ])
  ) { arguments, administration in
    let answer =
      if let name = arguments.text("regenerate") {
        try await administration.ask("POST", "/keys/\(name)")
      } else {
        try await administration.ask("GET", "/keys")
      }
    let members = answer.object?.members ?? []
    return Answer(
      lines: members.map { "\($0.name)  \($0.value.string ?? "")" }, json: answer)
  }
}
