import ArgumentTable
import BenchProgram
import Executor
import LocalStore

BenchProgram.run(commandTable) { arguments in
  if arguments.command.last == "write", let size = arguments.integer("most") {
    limitFiles(to: size)
  }
  let outcome = PosixExecutor(threads: 1, name: "history").run { () -> Result<Int32, any Error> in
    do { return .success(try await perform(arguments)) } catch { return .failure(error) }
  }
  return try outcome.get()
}

/// Does what the command line asks for, and gives the exit code.
@Sendable func perform(_ arguments: ParsedArguments) async throws -> Int32 {
  let path = arguments.operands.first ?? ""
  switch arguments.command.last {
  case "write":
    try await write(to: path, from: arguments.integer("from") ?? 0)
  case "account":
    let account = AccountHistory(
      folder: HistoryFile.standardFolder, endpoint: arguments.text("endpoint") ?? "",
      tokenPlace: arguments.text("token-place") ?? "", userName: arguments.text("user") ?? "")
    try await fillAccount(account, HistorySize(arguments))
  case "open":
    return try await opening(
      path, HistorySize(arguments), rounds: arguments.integer("rounds") ?? 1
    ).tell(isChecked: arguments.flag("check"))
  default:
    return try await measure(
      path, HistorySize(arguments), rounds: arguments.integer("rounds") ?? 1
    ).tell(isChecked: arguments.flag("check"))
  }
  return ExitCode.done.rawValue
}

extension HistorySize {
  fileprivate init(_ arguments: ParsedArguments) {
    self.init(
      messages: arguments.integer("messages") ?? 0, threads: arguments.integer("threads") ?? 0,
      long: arguments.integer("long") ?? 0)
  }
}
