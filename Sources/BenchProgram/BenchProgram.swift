public import ArgumentTable
import Executor
import Glibc

/// A program that measures: from its command line to its exit code.
public enum BenchProgram {
  /// Runs the process by its command line: help and version, or `body`, whose result is the exit code.
  ///
  /// What `body` throws is told on standard error: a `UsageError` as it stands, everything else behind the program's name.
  public static func run(
    _ table: CommandTable, _ body: (ParsedArguments) throws -> Int32
  ) -> Never {
    ProgramEnd.leave(with: exitCode(table, body))
  }

  /// Writes a line to standard output at once, so that it is there even if the program is killed.
  public static func say(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// Writes a line to standard error.
  public static func complain(_ text: String) { write(text, to: STDERR_FILENO) }

  private static func exitCode(
    _ table: CommandTable, _ body: (ParsedArguments) throws -> Int32
  ) -> Int32 {
    do {
      let arguments = try table.parse(Array(CommandLine.arguments.dropFirst()))
      switch arguments.request {
      case .help(let usage): say(usage)
      case .version: say("\(table.name), of the confab that it was built with")
      case .run: return try body(arguments)
      }
      return ExitCode.done.rawValue
    } catch let error as UsageError {
      complain("\(error)")
      return ExitCode.usage.rawValue
    } catch {
      complain("\(table.name): \(error)")
      return ExitCode.unavailable.rawValue
    }
  }

  private static func write(_ text: String, to file: Int32) {
    let bytes = Array((text + "\n").utf8)
    _ = Glibc.write(file, bytes, bytes.count)
  }
}
