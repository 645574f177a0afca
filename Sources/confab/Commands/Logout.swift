import ACSAuth
import ACSTypes
import ACSWire
import ArgumentTable
import Configuration
import Executor
import Services

/// `confab logout`: forgets the sign-in that is kept.
enum LogoutCommand {
  static let table = CommandTable(
    "logout", summary: "forget the sign-in for the token service",
    about: [
      """
      It removes the file with the refresh token. The authority is not told: to end the sign-in there, too, use the \
      account's own page.
      """
    ],
    options: [TokenCommand.configOption, .flag("json", "Print JSON for programs")])

  static func run(_ arguments: ParsedArguments) -> Int32 {
    do {
      let configuration = try ConfigurationFiles.client(arguments.text("config"))
      guard case .deviceCode(let code) = configuration.tokenService?.login else {
        return tell(
          arguments, file: nil, wasRemoved: false,
          "Nothing is kept: the config file names no sign-in by a code.")
      }
      let sources = SignInSources(configuration, prompter: TerminalPrompter())
      let login = try sources.deviceCode(
        code, user: configuration.tokenService?.user ?? "",
        TokenFlow(observer: UnseenSteps(), clock: SystemClock()))
      let wasRemoved = try login.logOut()
      return tell(
        arguments, file: login.place, wasRemoved: wasRemoved,
        wasRemoved
          ? "Signed out: removed \(login.place)."
          : "Nobody was signed in: there is no \(login.place).")
    } catch let error as ServiceError {
      return Program.fail("confab: \(error.message)", ExitCode(error))
    } catch {
      return Program.fail("confab: \(error)", .configuration)
    }
  }

  private static func tell(
    _ arguments: ParsedArguments, file: String?, wasRemoved: Bool, _ words: String
  ) -> Int32 {
    guard arguments.flag("json") else { return Program.say(words) }
    let object: JSONValue = [
      "removed": .bool(wasRemoved), "file": file.map { .string($0) } ?? .null,
    ]
    return Program.say(object.text)
  }
}
