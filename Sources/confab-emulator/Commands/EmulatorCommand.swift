import ACSWire
import ArgumentTable
import Executor
import Glibc
import ServerProgram

/// A subcommand of `confab emulator`: it asks the administration of an emulator that runs already.
///
/// Each stands in a file of its own; what all of them take and how they end is said here.
struct EmulatorCommand: Sendable {
  /// What a command prints: lines for people, or with `--json` one value for programs.
  struct Answer: Sendable {
    var lines: [String]
    var json: JSONValue
  }

  /// Asks the emulator.
  typealias Action = @Sendable (ParsedArguments, Administration) async throws -> Answer

  let table: CommandTable
  /// Commands below this one; their tables are in ``table``.
  private let subcommands: [EmulatorCommand]
  private let action: Action

  /// A command whose table lacks only its subcommands and the options that all of them have.
  init(
    _ table: CommandTable, subcommands: [EmulatorCommand] = [], action: @escaping Action
  ) {
    var table = table
    table.options += EmulatorCommand.commonOptions
    table.subcommands = subcommands.map(\.table)
    self.table = table
    self.subcommands = subcommands
    self.action = action
  }

  /// All there are, in the order of the help.
  static let all = [
    env, trust, reset, save, load, snapshots, stats, users, threads, tokens, requests, sockets, bot,
    clock, advance, freeze, thaw, skew, fault, events, approve, sms, keys,
  ]

  private static let commonOptions: [CommandTable.Option] = [
    .text("admin", "URL", "The emulator's administration ($CONFAB_EMULATOR_ADMIN)"),
    .text("ready-file", "PATH", "Find the administration in the file that the emulator wrote"),
    .flag("json", "Print JSON"),
  ]

  /// Runs the command that was named and gives the exit code.
  static func run(_ arguments: ParsedArguments) -> Int32 {
    guard let command = command(named: arguments.command) else {
      preconditionFailure("no command \(arguments.command)")
    }
    let executor = PosixExecutor(threads: 1, name: "command")
    let result = executor.run { await command.result(arguments) }
    switch result {
    case .success(let answer):
      let text =
        arguments.flag("json") ? answer.json.text : answer.lines.joined(separator: "\n")
      if !text.isEmpty { StandardStreams.output(text) }
      return ExitCode.done.rawValue
    case .failure(let error):
      let words = arguments.command.joined(separator: " ")
      StandardStreams.error("confab emulator \(words): \(error.message)")
      return error.exitCode.rawValue
    }
  }

  private static func command(named words: [String]) -> EmulatorCommand? {
    var commands = all
    var found: EmulatorCommand?
    for word in words {
      found = commands.first { $0.table.name == word }
      commands = found?.subcommands ?? []
    }
    return found
  }

  private func result(_ arguments: ParsedArguments) async -> Result<Answer, CommandError> {
    do {
      return .success(try await action(arguments, try Administration(arguments)))
    } catch let error as CommandError {
      return .failure(error)
    } catch {
      return .failure(CommandError(.internal, "\(error)"))
    }
  }
}
