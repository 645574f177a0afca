import ACSClient
public import ACSTypes
import ACSWire
public import Services
import Synchronization

/// The trusted user access service: hands out user access tokens, knows who is who, and steers calls.
///
/// It knows the network only as `HTTPExchange` and sockets only as `MessageSocket`; its program joins it to a server.
public final class TrustedService: Sendable {
  /// Where things are.
  public struct Addresses: Hashable, Sendable {
    /// The ACS endpoint, without a trailing slash.
    public var endpoint: String
    /// Where ACS reaches this service, without a trailing slash.
    public var publicURL: String

    /// Addresses.
    public init(endpoint: String, publicURL: String) {
      self.endpoint = endpoint
      self.publicURL = publicURL
    }
  }

  /// What the service has done.
  public let metrics: Metrics
  private let gate: Gate
  private let gateway: Gateway
  private let credential: ProbeMemory
  /// Ends what was begun and forgets what is old; its program does it now and then.
  public let housekeeping: Housekeeping

  /// A service over a store of users.
  ///
  /// - Parameters:
  ///   - addresses: Where ACS is, and where this service is for ACS.
  ///   - rules: Who may do what; ``replaceRules(by:)`` changes them.
  ///   - users: Who is known.
  ///   - exchange: Brings requests to ACS, and to the authority whose tokens are taken.
  ///   - authoriser: Proves to ACS who this service is.
  ///   - credential: By what it does so, for the records: `access key`.
  ///   - clock: The time.
  ///   - random: Ids that are not to be guessed.
  ///   - audit: Takes one entry for each token, revocation and erasure.
  public init(
    addresses: Addresses, rules: ServiceRules = ServiceRules(), users: any UserStore,
    exchange: any HTTPExchange, authoriser: any RequestAuthoriser,
    credential: String = "access key", clock: any WallClock, random: any RandomSource,
    audit: @escaping @Sendable (AuditEntry) -> Void = { _ in }
  ) {
    let endpoint = addresses.endpoint
    let metrics = Metrics(startedOn: clock.now)
    let identities = IdentityClient(
      endpoint: endpoint, exchange: exchange, authoriser: authoriser)
    let gateway = Gateway(
      calls: CallAutomationClient(
        endpoint: endpoint, exchange: exchange, authoriser: authoriser, clock: clock),
      users: users, publicURL: addresses.publicURL,
      guests: GatewayGuests(endpoint: endpoint, exchange: exchange, clock: clock),
      clock: clock, random: random)
    let probe = ProbeMemory(
      CredentialProbe(endpoint: endpoint, exchange: exchange, authoriser: authoriser), clock: clock)
    let authentication = CallerAuthentication(exchange: exchange, clock: clock)
    let ledger = TokenLedger(users: users, credential: credential, clock: clock, audit: audit)
    let issuer = TokenIssuer(identities: identities, users: users, ledger: ledger, clock: clock)
    let accounts = UserAccounts(identities: identities, users: users, clock: clock, audit: audit)
    let routes =
      TokenRoutes(issuer: issuer, users: users, metrics: metrics).routes
      + TeamsRoutes(identities: identities, ledger: ledger, metrics: metrics).routes
      + UserRoutes(issuer: issuer, users: users, accounts: accounts).routes
      + DirectoryRoutes(users: users).routes
      + CallRoutes(gateway: gateway).routes
      + HealthRoutes(
        credential: probe, users: users, authentication: authentication, metrics: metrics,
        endpoint: endpoint
      ).routes
    self.metrics = metrics
    self.gateway = gateway
    self.credential = probe
    housekeeping = Housekeeping(accounts: accounts, users: users, clock: clock)
    gate = Gate(
      addresses: addresses, rules: rules, router: Router(routes), authentication: authentication,
      metrics: metrics, clock: clock, random: random)
  }

  /// Answers a request, or takes a socket for the gateway.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - peer: The numeric address at the other end of the connection.
  /// - Returns: The reply, and what is to be told of the request.
  public func reply(
    to request: HTTPRequest, from peer: String
  ) async -> (reply: TrustedReply, record: RequestRecord) {
    await gate.pass(request, from: peer)
  }

  /// Answers a request of a program on this machine.
  public func respond(to request: HTTPRequest) async -> TrustedReply {
    await reply(to: request, from: "127.0.0.1").reply
  }

  /// Changes who may do what; requests that are under way go on by the rules before.
  public func replaceRules(by rules: ServiceRules) {
    gate.replaceRules(by: rules)
  }

  /// The credential that the authoriser stands for is another one now.
  public func credentialChanged() {
    credential.forget()
  }

  /// When ``tick()`` has something to do next; `nil` when nothing waits for the time.
  public var nextDeadline: Timestamp? { gateway.nextDeadline }

  /// Does what is due: ends calls that nobody answered or whose terminals stay away.
  public func tick() async {
    await gateway.tick()
  }

  /// Leaves all calls, because the service stops.
  public func stop() async {
    await gateway.stop()
  }
}

/// What comes of a request.
public enum TrustedReply: Sendable {
  /// An answer.
  case response(HTTPResponse)
  /// The request is to become a WebSocket; the closure owns it until it returns.
  case gateway(@Sendable (any MessageSocket) async -> Void)
}
