import ArgumentTable
import Executor
import Glibc
import ServerProgram

/// The program behind `confab identity`, `token issue`, `sms`, `quickstart` and `cleanup`.
enum AdminProgram {
  /// Runs the command line and gives the exit code.
  static func run(_ arguments: [String]) -> Int32 {
    do {
      let parsed = try CommandTable.admin.parse(arguments)
      switch parsed.request {
      case .help(let usage):
        StandardStreams.output(usage)
        return ExitCode.done.rawValue
      case .version:
        StandardStreams.output("confab-admin 0.1.0")
        return ExitCode.done.rawValue
      case .run: return run(parsed).rawValue
      }
    } catch {
      StandardStreams.error(error.description)
      return ExitCode.usage.rawValue
    }
  }

  private static func run(_ arguments: ParsedArguments) -> ExitCode {
    // A reader of our output that leaves early must not end the program before it has tidied up.
    signal(SIGPIPE, SIG_IGN)
    umask(0o077)
    let command = AdminCommand.named(arguments.command)
    let interruption = Interruption()
    if command.makesIdentities { interruption.hold() }
    let workplace = Workplace(arguments, interruption)
    let executor = PosixExecutor(threads: 2, name: "command")
    let result: Result<ExitCode, any Error> = executor.run {
      do {
        return .success(try await command.run(workplace))
      } catch {
        return .failure(error)
      }
    }
    let code = exitCode(result, workplace.output)
    // Everything is in order now; whoever sent the signal is to see that it ended the program.
    if let signal = interruption.signal { ProgramEnd.leave(by: signal) }
    return code
  }

  private static func exitCode(_ result: Result<ExitCode, any Error>, _ output: Output) -> ExitCode
  {
    switch result {
    case .success(let code): return code
    case .failure(is Interruption.Stopped): return .unavailable
    case .failure(let error as UsageError):
      output.complain(error.description)
      return .usage
    case .failure(let error):
      let failure = Failure(error)
      output.complain("confab: \(failure.message)")
      return failure.exitCode
    }
  }
}
