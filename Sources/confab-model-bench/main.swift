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
      say("confab-model-bench, of the confab that it was built with")
      return .done
    case .run: break
    }
    if arguments.command.last == "allocations" {
      return reportAllocations()
    }
    let figures = speed(
      events: arguments.integer("events") ?? 0, threads: arguments.integer("threads") ?? 1,
      rounds: arguments.integer("rounds") ?? 1)
    for figure in figures { say(figure.line) }
    return arguments.flag("check") && figures.contains { !$0.isMet } ? .unavailable : .done
  } catch {
    say("\(error)", to: STDERR_FILENO)
    return .usage
  }
}

ProgramEnd.leave(with: run().rawValue)
