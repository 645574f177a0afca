import ACSAuth
import ACSTypes
import ACSWire
import ArgumentTable
import Configuration
import Executor
import ServerProgram

/// `confab token watch`: keeps a token as the client does, and shows each step until Ctrl-C.
enum TokenWatchCommand {
  static let table = CommandTable(
    "watch", summary: "keep a token usable and show each step until Ctrl-C",
    about: [
      """
      It fetches a token, renews it when its time comes and tries again after failures, as the client does. Ctrl-C \
      ends it with 0. It ends by itself only when nothing more can be done: with 77 when somebody has to sign in, \
      with 78 for a wrong configuration.
      """
    ],
    options: [
      TokenCommand.configOption, .flag("json", "Print JSON for programs, one line an event"),
    ],
    examples: [
      .init("confab token watch", "Each step and each renewal in plain words"),
      .init("confab token watch --json | jq -c 'select(.event==\"token\")'", "One line a token"),
    ])

  static func run(_ arguments: ParsedArguments) -> Int32 {
    do {
      // Before any thread is started: they inherit that the signals wait.
      StopSignal.prepare()
      let configuration = try ConfigurationFiles.client(arguments.text("config"))
      let sources = SignInSources(configuration, prompter: TerminalPrompter())
      let watch = TokenWatch(clock: SystemClock(), random: SystemRandom(), timer: SystemTimer()) {
        try sources.tokens($0)
      }
      return run(watch, isJSON: arguments.flag("json"))
    } catch {
      return Program.fail("confab: \(error)", .configuration)
    }
  }

  private static func run(_ watch: TokenWatch, isJSON: Bool) -> Int32 {
    let executor = PosixExecutor(threads: 2, name: "token")
    let stop = Stop()
    PosixThread(name: "signals") {
      StopSignal.wait()
      stop.come()
    }.detach()
    let failure = executor.run {
      await withTaskGroup(of: ServiceError?.self) { group in
        group.addTask {
          await watch.run { event in
            let now = SystemClock().now
            StandardStreams.output(
              isJSON
                ? event.json(now: now).text : event.lines(now: now).joined(separator: "\n"))
          }
        }
        group.addTask {
          await stop.wait()
          return nil
        }
        defer { group.cancelAll() }
        return await group.next() ?? nil
      }
    }
    guard let failure else { return ExitCode.done.rawValue }
    return Program.fail("confab: \(failure.message)", ExitCode(failure))
  }
}

extension ExitCode {
  /// How a program ends that could not sign in.
  init(_ error: ServiceError) {
    self.init(TokenReport.Outcome(error))
  }
}
