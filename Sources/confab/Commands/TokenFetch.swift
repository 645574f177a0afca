import ACSAuth
import ACSTypes
import ACSWire
import ArgumentTable
import Configuration
import Executor

/// `confab token fetch`: asks the configured token service once and shows each step.
enum TokenFetchCommand {
  static let table = CommandTable(
    "fetch", summary: "ask the token service for a token and show each step",
    about: [TokenCommand.exitCodes],
    options: [TokenCommand.configOption] + TokenCommand.options,
    examples: [
      .init("confab token fetch", "Each step in plain words"),
      .init("confab token fetch --json | jq .expiresOn", "One fact for a program"),
    ])

  static func run(_ arguments: ParsedArguments) -> Int32 {
    do {
      let configuration = try ConfigurationFiles.client(arguments.text("config"))
      let sources = SignInSources(configuration, prompter: TerminalPrompter())
      let fetch = TokenFetch(clock: SystemClock(), random: SystemRandom()) {
        try sources.tokens($0)
      }
      return run(
        fetch, isJSON: arguments.flag("json"), showingToken: arguments.flag("show-token"))
    } catch {
      return Program.fail("confab: \(error)", .configuration)
    }
  }

  private static func run(_ fetch: TokenFetch, isJSON: Bool, showingToken: Bool) -> Int32 {
    let executor = PosixExecutor(threads: 1, name: "token")
    let report = executor.run {
      await fetch.run { step in
        if !isJSON { print(TokenReport.lines(of: step).joined(separator: "\n")) }
      }
    }
    if isJSON {
      print(report.json(showingToken: showingToken).text)
    } else if showingToken, case .success(let token) = report.result {
      print("token\n  \(token.token.reveal())")
    }
    let code = ExitCode(report.outcome)
    guard code == .done else { return Program.fail("confab: \(report.summary)", code) }
    return isJSON ? code.rawValue : Program.say(report.summary)
  }
}

extension ExitCode {
  /// How a program ends that asked for a token.
  init(_ outcome: TokenReport.Outcome) {
    self =
      switch outcome {
      case .usable: .done
      case .expired, .notPermitted: .notPermitted
      case .badAnswer: .badData
      case .unavailable: .unavailable
      case .badSettings: .configuration
      }
  }
}
