import ArgumentTable
import Executor
import Glibc
import ScriptKit

/// The program: reads the command line, runs the seeds and tells of them in their order.
enum SimProgram {
  static func run(_ arguments: [String]) -> ExitCode {
    do {
      let parsed = try CommandTable.sim.parse(arguments)
      switch parsed.request {
      case .help(let usage):
        say(usage)
        return .done
      case .version:
        say("confab-sim 0.1.0")
        return .done
      case .run: return try run(SimOptions(parsed))
      }
    } catch let error as UsageError {
      say(error.description, to: STDERR_FILENO)
      return .usage
    } catch {
      say("confab-sim: \(error)", to: STDERR_FILENO)
      return .internal
    }
  }

  private static func run(_ options: SimOptions) throws -> ExitCode {
    let begin = ContinuousClock.now
    var sum = SimSum()
    try SeedRuns(options).forEach { result in
      sum.add(result)
      let report = SimReport(result, options)
      say(options.isJSON ? report.json : report.text)
    }
    if !options.isJSON, options.seeds > 1 {
      let time = ContinuousClock.now - begin
      say("\(sum.words) in \(time.formatted)")
    }
    return sum.failures == 0 ? .done : .internal
  }

  /// Writes a text to standard output at once, or to standard error.
  static func say(_ text: String, to file: Int32 = STDOUT_FILENO) {
    guard !text.isEmpty else { return }
    var bytes = Array((text + "\n").utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}

extension Duration {
  /// Seconds with one digit behind the point.
  fileprivate var formatted: String {
    let tenths = components.seconds * 10 + components.attoseconds / 100_000_000_000_000_000
    return "\(tenths / 10).\(tenths % 10) s"
  }
}
