import ACSAuth
import ACSClient
import ACSTypes
import ArgumentTable
import ClientRuntime
import Configuration
import Executor
import HTTPTransport
import Services

/// What a chat command works with: what was typed, where it prints, and the account.
struct ChatWorkplace: Sendable {
  let arguments: ParsedArguments
  let output: ChatOutput
  let configuration: ClientConfiguration
  let clock = SystemClock()
  let random = SystemRandom()
  let timer = SystemTimer()
  /// Reaches any server, with nobody's token.
  let exchange: CurlExchange
  let credential: UserTokenCredential
  /// Reaches the endpoint in the user's name.
  let authorised: AuthorisedExchange
  /// Chat, no faster than the service allows.
  let chat: PacedChat
  private let client: ChatClient
  /// Names of people; `nil` where no trusted service is configured that tells them.
  let directory: (any Directory)?
  /// Events as they happen; `nil` where they are off.
  let events: (any ChatEventChannel)?

  /// Opens nothing yet: the first request does.
  ///
  /// - Throws: `ServiceError` for addresses that cannot be used.
  init(
    _ arguments: ParsedArguments, _ output: ChatOutput, _ configuration: ClientConfiguration,
    executor: any TaskExecutor
  ) throws {
    self.arguments = arguments
    self.output = output
    self.configuration = configuration
    let sources = SignInSources(configuration, prompter: TerminalPrompter())
    let flow = TokenFlow(observer: UnseenSteps(), clock: clock)
    exchange = sources.exchange
    credential = UserTokenCredential(
      source: try sources.tokens(flow), displayName: configuration.displayName, clock: clock,
      random: random, flow: flow)
    authorised = AuthorisedExchange(
      exchange: exchange, credential: credential, clock: clock, flow: nil)
    client = ChatClient(endpoint: configuration.endpoint, exchange: authorised)
    chat = PacedChat(client, clock: clock, timer: timer) { output.mention($0) }
    if let url = configuration.tokenService?.usersURL {
      directory = try TrustedServiceDirectory(
        url: url, exchange: authorised, timeout: DirectoryNames.patience)
    } else {
      directory = nil
    }
    events =
      configuration.realTime == .off
      ? nil
      : TrouterEventChannel(
        endpoint: configuration.endpoint, exchange: authorised, transport: exchange,
        connector: CurlSocketConnector(over: exchange), credential: credential, clock: clock,
        timer: timer, random: random, executor: executor)
  }

  /// Chat at the same pace for requests that wait `patience` from now on, all together.
  func chat(within patience: Duration) -> PacedChat {
    let output = output
    return PacedChat(client, clock: clock, timer: timer, patience: patience, since: clock.now) {
      output.mention($0)
    }
  }

  /// An error of what was typed.
  func wrong(_ message: String) -> UsageError {
    UsageError(message, command: "confab \(arguments.command.joined(separator: " "))")
  }

  /// The operand at `index` of those that must be there.
  func operand(_ index: Int, _ name: String) throws(UsageError) -> String {
    guard let text = arguments.operand(index) else { throw wrong("operand \(name) is missing") }
    return text
  }

  /// Who is signed in; nobody is asked to sign in for it.
  func user() async throws -> CommunicationIdentifier {
    try await credential.signedIn()
  }
}
