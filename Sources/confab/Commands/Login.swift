import ACSAuth
import ACSTypes
import ACSWire
import ArgumentTable
import Configuration
import Executor
import Services

/// `confab login`: signs in at what the token service trusts, so that the client need not ask.
enum LoginCommand {
  static let table = CommandTable(
    "login", summary: "sign in for the token service",
    about: [
      """
      It does what tokenService.login in the config file says: reads the header's value, runs the command, or shows a \
      code to sign in with in a browser. The sign-in by a code is kept, and renews itself, until `confab logout`.
      """,
      "It ends with 0 when signed in, 69 when nobody answers, 77 when the sign-in was denied or the code expired, and 78 "
        + "for a wrong configuration.",
    ],
    options: [TokenCommand.configOption, .flag("json", "Print JSON for programs")],
    examples: [.init("confab login", "Sign in before the client starts")])

  static func run(_ arguments: ParsedArguments) -> Int32 {
    do {
      let configuration = try ConfigurationFiles.client(arguments.text("config"))
      let sources = SignInSources(configuration, prompter: TerminalPrompter())
      let flow = TokenFlow(observer: UnseenSteps(), clock: SystemClock())
      guard let service = configuration.tokenService, let login = try sources.login(service, flow)
      else {
        return Program.fail(
          """
          confab: the config file has no tokenService.login; there is nothing to sign in to. docs/authentication.md \
          tells how.
          """, .configuration)
      }
      return run(login, isJSON: arguments.flag("json"))
    } catch let error as ServiceError {
      return Program.fail("confab: \(error.message)", ExitCode(error))
    } catch {
      return Program.fail("confab: \(error)", .configuration)
    }
  }

  private static func run(_ login: any TokenServiceLogin, isJSON: Bool) -> Int32 {
    let executor = PosixExecutor(threads: 1, name: "login")
    let result = executor.run {
      do {
        return Result<LoginProof, ServiceError>.success(try await login.proof(mayPrompt: true))
      } catch {
        return .failure(ServiceError(error, during: "signing in"))
      }
    }
    let kept = (login as? DeviceCodeLogin)?.place
    switch result {
    case .failure(let error):
      if isJSON {
        print(JSONValue(error).text)
      }
      return Program.fail("confab: \(error.message)", ExitCode(error))
    case .success(let proof):
      if isJSON {
        let object: JSONValue = [
          "signedIn": true, "header": .string(proof.name),
          "file": kept.map { .string($0) } ?? .null,
        ]
        return Program.say(object.text)
      }
      guard let kept else {
        return Program.say("The header \(proof.name) comes from \(login.words); nothing is kept.")
      }
      return Program.say("Signed in. It is kept in \(kept), until `confab logout`.")
    }
  }
}

extension JSONValue {
  /// An error for programs.
  init(_ error: ServiceError) {
    self = [
      "error": [
        "code": .string(error.code.rawValue), "message": .string(error.message),
        "status": error.status.map { .integer(Int64($0)) } ?? .null,
      ]
    ]
  }
}
