import ACSAuth
import ACSTypes
import ACSWire
import ArgumentTable
import Configuration
import Executor
import HTTPTransport

/// `confab token fetch`: asks the configured token service once and shows each step.
enum TokenFetchCommand {
  static let table = CommandTable(
    "fetch", summary: "ask the token service for a token and show each step",
    about: [TokenCommand.exitCodes],
    options: [.text("config", short: "c", "PATH", "Read this config file")] + TokenCommand.options,
    examples: [
      .init("confab token fetch", "Each step in plain words"),
      .init("confab token fetch --json | jq .expiresOn", "One fact for a program"),
    ])

  static func run(_ arguments: ParsedArguments) -> Int32 {
    do {
      let configuration = try ConfigurationFiles.client(arguments.text("config"))
      let fetch = TokenFetch(
        settings: try TokenServiceSettings(configuration),
        exchange: CurlExchange(certificateAuthority: configuration.certificateAuthority),
        clock: SystemClock(), random: SystemRandom())
      return run(
        fetch, isJSON: arguments.flag("json"), showingToken: arguments.flag("show-token"))
    } catch let error as ServiceError {
      return Program.fail("confab: \(error.message)", .configuration)
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
    let code = exitCode(report.outcome)
    guard code == .done else { return Program.fail("confab: \(report.summary)", code) }
    return isJSON ? code.rawValue : Program.say(report.summary)
  }

  private static func exitCode(_ outcome: TokenReport.Outcome) -> ExitCode {
    switch outcome {
    case .usable: .done
    case .expired, .notPermitted: .notPermitted
    case .badAnswer: .badData
    case .unavailable: .unavailable
    case .badSettings: .configuration
    }
  }
}
