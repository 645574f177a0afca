import ArgumentTable
import Configuration
import Executor
import Glibc
import ServerProgram

/// `confab chat`: threads and messages for scripts and pipes.
enum ChatCommands {
  /// The command's row in the command line of `confab`; `isWanted` when it is to be parsed or shown.
  static func table(isWanted: Bool) -> CommandTable {
    CommandTable(
      "chat", summary: "threads and messages, for scripts and pipes",
      about: [
        """
        The account is that of the config file, as for the interface, which may run at the same time. docs/chat-commands.md \
        tells what --json prints.
        """
      ],
      subcommands: isWanted ? ChatSubcommand.all.map(\.table) : [], needsSubcommand: true)
  }

  /// Runs the subcommand that was named and gives the exit code.
  static func run(_ arguments: ParsedArguments) -> Int32 {
    guard let command = ChatSubcommand.all.first(where: { $0.table.name == arguments.command.last })
    else { preconditionFailure("no command \(arguments.command)") }
    let goesOn = command.goesOn(arguments)
    // Before any thread is started: they inherit that the signals wait.
    if goesOn {
      StopSignal.prepare()
      ChatOutput.endWithReader()
    }
    // A connection that breaks must not end the program; a reader that leaves does, in ``ChatOutput``.
    signal(SIGPIPE, SIG_IGN)
    umask(0o077)
    let output = ChatOutput(
      isJSON: arguments.flag("json"), isQuiet: arguments.flag("quiet"))
    do {
      let configuration = try ConfigurationFiles.client(arguments.text("config"))
      let executor = PosixExecutor(threads: 2, name: "chat")
      let workplace = try ChatWorkplace(arguments, output, configuration, executor: executor)
      let result: Result<ExitCode, any Error> = executor.run {
        do {
          return .success(
            goesOn
              ? try await untilStopped { try await command.run(workplace) }
              : try await command.run(workplace))
        } catch {
          return .failure(error)
        }
      }
      return try result.get().rawValue
    } catch let error as UsageError {
      output.complain(error.description)
      return ExitCode.usage.rawValue
    } catch {
      let failure = ChatFailure(error)
      output.complain("confab: \(failure.message)")
      return failure.exitCode.rawValue
    }
  }

  /// Runs `body` until it ends or a signal asks to stop.
  private static func untilStopped(
    _ body: @escaping @Sendable () async throws -> ExitCode
  ) async throws -> ExitCode {
    let stop = Stop()
    PosixThread(name: "signals") {
      StopSignal.wait()
      stop.come()
      // What takes long to end in good order, because nobody answers, is left to itself.
      usleep(500_000)
      _exit(ExitCode.done.rawValue)
    }.detach()
    return try await withThrowingTaskGroup(of: ExitCode.self) { group in
      group.addTask { try await body() }
      group.addTask {
        await stop.wait()
        return .done
      }
      defer { group.cancelAll() }
      return try await group.next() ?? .done
    }
  }
}
