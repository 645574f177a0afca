import ACSTypes
import ACSWire
import ArgumentTable
import Emulator

extension EmulatorCommand {
  /// `confab emulator fault`: what goes wrong on purpose; a subcommand for each kind.
  static let fault = EmulatorCommand(
    CommandTable(
      "fault", summary: "let requests, events, sockets and tokens fail on purpose",
      about: [
        """
        A fault strikes once, or as often and as long as --next, --share and --for say. The same --seed strikes the \
        same requests of the same order. Without a filter it is for everything that it can be for.
        """
      ],
      examples: [
        CommandTable.Example(
          "confab emulator fault status 429 --retry-after 2 --plane chat --next 3",
          "Refuse the next three requests to Chat"),
        CommandTable.Example(
          "confab emulator fault latency 800ms --share 0.2 --for 5m --seed 7",
          "Answer one request in five late, for five minutes"),
        CommandTable.Example(
          "confab emulator fault drop --event 200", "Drop the next message's event"),
        CommandTable.Example("confab emulator fault clear", "Let nothing go wrong any more"),
      ]),
    subcommands: [listFaults, clearFaults] + FaultKind.allCases.map(faultCommand)
  ) { _, administration in try await faults(administration) }

  private static let listFaults = EmulatorCommand(
    CommandTable("list", summary: "show the faults that are switched on")
  ) { _, administration in try await faults(administration) }

  private static let clearFaults = EmulatorCommand(
    CommandTable(
      "clear", summary: "switch a fault off, or all",
      operands: [.init("ID", "As list shows it; all without one", count: .optional)])
  ) { arguments, administration in
    let id = arguments.operand(0).map { "/\($0.percentEncoded)" } ?? ""
    let answer = try await administration.ask("DELETE", "/faults\(id)")
    return Answer(lines: [], json: answer)
  }

  private static func faults(_ administration: Administration) async throws -> Answer {
    let answer = try await administration.ask("GET", "/faults")
    let faults = answer["value"]?.array ?? []
    return Answer(
      lines: faults.isEmpty ? ["No fault is switched on."] : faults.map(faultLine), json: answer)
  }

  /// `confab emulator fault KIND`.
  private static func faultCommand(_ kind: FaultKind) -> EmulatorCommand {
    let table = CommandTable(
      kind.rawValue, summary: kind.summary, options: FaultOptions.table(of: kind),
      operands: FaultOptions.operands(of: kind))
    return EmulatorCommand(table) { arguments, administration in
      let answer = try await administration.ask(
        "POST", "/faults", .object(try FaultOptions.body(of: kind, arguments)))
      return Answer(lines: [faultLine(answer)], json: answer)
    }
  }

  /// The members but those that say nothing: `f1  status  status 429  plane chat  next 3`.
  private static func faultLine(_ fault: JSONValue) -> String {
    let words = (fault.object?.members ?? []).compactMap { member -> String? in
      let text = member.value.string ?? member.value.text
      switch member.name {
      case "id", "kind": return text
      case "milliseconds": return "\(text) ms"
      case "forMilliseconds": return "for \(text) ms"
      case "hits": return text == "0" ? nil : "struck \(text)"
      default: return "\(member.name) \(text)"
      }
    }
    return words.joined(separator: "  ")
  }
}
