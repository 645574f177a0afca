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
      say("confab-event-bench, of the confab that it was built with")
      return .done
    case .run: break
    }
    let frames = arguments.integer("frames") ?? 0
    let rounds = arguments.integer("rounds") ?? 1
    let rates = (0..<rounds).compactMap { _ in measure(frames: frames) }.sorted()
    guard rates.count == rounds else {
      say("not every frame was told as an event", to: STDERR_FILENO)
      return .internal
    }
    let rate = rates[rounds / 2]
    say("real-time frames at the transport port, one core: \(rate)/s (wanted: 15000/s or more)")
    return arguments.flag("check") && rate < 15_000 ? .unavailable : .done
  } catch {
    say("\(error)", to: STDERR_FILENO)
    return .usage
  }
}

ProgramEnd.leave(with: run().rawValue)
