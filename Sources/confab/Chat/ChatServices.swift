import ACSAuth
import ACSClient
import ACSTypes
import ClientRuntime
import Configuration
import Executor
import HTTPTransport
import Services

/// Joins the configured endpoints to the ports of the loop.
struct ChatServices {
  let services: ClientServices

  /// Opens nothing yet: the first request does.
  ///
  /// - Throws: `ServiceError` for addresses that cannot be used.
  init(
    _ configuration: ClientConfiguration, mailbox: Mailbox, executor: any TaskExecutor,
    history: (any HistoryStore)? = nil
  ) throws {
    let clock = SystemClock()
    let posted = PostedTokenFlow(mailbox: mailbox)
    let sources = SignInSources(configuration, prompter: posted)
    let exchange = sources.exchange
    let flow = ACSAuth.TokenFlow(observer: posted, clock: clock)
    let credential = UserTokenCredential(
      source: try sources.tokens(flow), displayName: configuration.displayName, clock: clock,
      random: SystemRandom(), flow: flow)
    let authorised = AuthorisedExchange(
      exchange: exchange, credential: credential, clock: clock, flow: flow)
    let connector = CurlSocketConnector(over: exchange)
    let events = TrouterEventChannel(
      endpoint: configuration.endpoint, exchange: authorised, transport: exchange,
      connector: connector, credential: credential, clock: clock, timer: SystemTimer(),
      random: SystemRandom(), executor: executor)
    services = ClientServices(
      signIn: credential,
      chat: ChatClient(endpoint: configuration.endpoint, exchange: authorised),
      directory: try configuration.tokenService?.usersURL.map {
        try TrustedServiceDirectory(url: $0, exchange: authorised)
      },
      events: configuration.realTime == .auto ? events : nil, history: history,
      gateway: try configuration.gateway.map {
        try GatewayClient(url: $0, connector: connector, credential: credential)
      })
  }
}
