import ArgumentTable
import Executor
import Glibc

/// Writes a line to standard output at once, or to standard error.
func say(_ text: String, to file: Int32 = STDOUT_FILENO) {
  let bytes = Array((text + "\n").utf8)
  _ = write(file, bytes, bytes.count)
}

/// Runs the command and tells the exit code.
func run() -> ExitCode {
  do {
    let arguments = try commandTable.parse(Array(CommandLine.arguments.dropFirst()))
    switch arguments.request {
    case .help(let usage):
      say(usage)
      return .done
    case .version:
      say("confab-history-bench, of the confab that it was built with")
      return .done
    case .run: break
    }
    if arguments.command.last == "write", let size = arguments.integer("most") {
      limitFiles(to: size)
    }
    let failure = PosixExecutor(threads: 1, name: "history").run { () -> String? in
      do {
        try await perform(arguments)
        return nil
      } catch {
        return "\(error)"
      }
    }
    guard let failure else { return .done }
    say("confab-history-bench: \(failure)", to: STDERR_FILENO)
    return .unavailable
  } catch {
    say("\(error)", to: STDERR_FILENO)
    return .usage
  }
}

/// Does what the command line asks for.
@Sendable func perform(_ arguments: ParsedArguments) async throws {
  let path = arguments.operands.first ?? ""
  if arguments.command.last == "write" {
    try await write(to: path, from: arguments.integer("from") ?? 0)
  } else {
    try await measure(
      path, messages: arguments.integer("messages") ?? 0,
      threads: arguments.integer("threads") ?? 0, long: arguments.integer("long") ?? 0,
      rounds: arguments.integer("rounds") ?? 1)
  }
}

ProgramEnd.leave(with: run().rawValue)
