import ACSTypes
import ACSWire
import ArgumentTable

extension EmulatorCommand {
  /// `confab emulator reset`: forgets everything.
  static let reset = EmulatorCommand(
    CommandTable(
      "reset", summary: "forget everything: users, threads, messages, rooms, what was set",
      about: [
        "The access key and the certificate stay good. What --seed made is made again; snapshots stay."
      ])
  ) { _, administration in
    _ = try await administration.ask("POST", "/reset")
    return Answer(lines: ["All is forgotten."], json: [:])
  }

  /// `confab emulator save NAME`: keeps the whole state under a name.
  static let save = EmulatorCommand(
    CommandTable(
      "save", summary: "keep a copy of the whole state, to be loaded later",
      operands: [.init("NAME", "What to call it; an older one of that name is replaced")])
  ) { arguments, administration in
    let name = arguments.operand(0) ?? ""
    let answer = try await administration.ask("PUT", "/snapshots/\(name.percentEncoded)")
    return Answer(lines: ["\(name) is saved."], json: answer)
  }

  /// `confab emulator load NAME`: takes a saved state back.
  static let load = EmulatorCommand(
    CommandTable(
      "load", summary: "go back to a saved state; calls and sockets end",
      operands: [.init("NAME", "One of those that `snapshots` lists")])
  ) { arguments, administration in
    let name = arguments.operand(0) ?? ""
    _ = try await administration.ask("POST", "/snapshots/\(name.percentEncoded)/load")
    return Answer(lines: ["\(name) is loaded."], json: ["name": .string(name)])
  }

  /// `confab emulator snapshots`: the saved states.
  static let snapshots = EmulatorCommand(
    CommandTable(
      "snapshots", summary: "list the saved states",
      options: [.text("delete", "NAME", "Delete this one first")])
  ) { arguments, administration in
    if let name = arguments.text("delete") {
      _ = try await administration.ask("DELETE", "/snapshots/\(name.percentEncoded)")
    }
    let answer = try await administration.ask("GET", "/snapshots")
    let table = TextTable(
      ["NAME", "SAVED"], answer["value"]?.array ?? [], empty: "There is no snapshot."
    ) { [$0.shown("name"), $0.shown("savedOn")] }
    return Answer(lines: table.lines, json: answer)
  }
}
