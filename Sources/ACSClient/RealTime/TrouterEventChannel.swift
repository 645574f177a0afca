public import ACSAuth
public import ACSTypes
import ACSWire
public import Services
import Synchronization

/// The service's real-time events over a socket of the protocol that Microsoft's SDKs speak (REALTIME 3, 4).
///
/// The protocol is not documented by its owner; whoever uses this falls back to asking, whatever the error is. Each
/// ``run(_:)`` is one connection under the same names, so that the service keeps events for a client that comes back.
public final class TrouterEventChannel: ChatEventChannel {
  struct State {
    /// How often it connected.
    var attempts = 0
    /// Tokens that were fetched because the service of events refused one, since it last took one.
    var forcedRefreshes = 0
    /// What the connections that ended have passed over.
    var tally = EventTally()
    /// The name of the registration.
    var registrationID: String
  }

  /// After so many fresh tokens in a row that the service of events refused, no more are fetched for it (REALTIME 3).
  static let refreshLimit = 3

  let endpoint: String
  let exchange: any ServiceExchange
  let transport: any HTTPExchange
  let connector: any MessageSocketConnector
  let credential: UserTokenCredential
  let clock: any WallClock
  let timer: any Timer
  let requests = RealTimeRequests(clientName: "confab")
  let executor: (any TaskExecutor)?
  let random: any RandomSource
  /// The client's name for itself.
  let endpointID: String
  let startedOn: Timestamp
  let vector: String
  let state: Mutex<State>

  /// The events of the resource at `endpoint`.
  ///
  /// - Parameters:
  ///   - endpoint: Scheme and host, slashes at the end allowed.
  ///   - exchange: Sends to the resource in the user's name; with `credential`'s tokens.
  ///   - transport: Sends to the service of events, which takes the token in a field of its own.
  ///   - connector: Opens the socket.
  ///   - credential: Gives the tokens.
  ///   - clock: Tells when the service fell silent.
  ///   - timer: Waits for heartbeats and renewals; one wait at a time.
  ///   - random: Makes the client's names.
  ///   - executor: Runs what has to be done after a cancellation; without one it is where tasks usually run.
  public init(
    endpoint: String, exchange: any ServiceExchange, transport: any HTTPExchange,
    connector: any MessageSocketConnector, credential: UserTokenCredential, clock: any WallClock,
    timer: any Timer, random: any RandomSource, executor: (any TaskExecutor)? = nil
  ) {
    self.endpoint = endpoint
    self.exchange = exchange
    self.transport = transport
    self.connector = connector
    self.credential = credential
    self.clock = clock
    self.timer = timer
    self.executor = executor
    self.random = random
    endpointID = random.uuid()
    state = Mutex(State(registrationID: random.uuid()))
    vector = String(random.uuid().filter { $0 != "-" }.prefix(22))
    startedOn = clock.now
  }

  /// What was passed over by all connections that have ended.
  public var tally: EventTally { state.withLock { $0.tally } }

  /// Connects, tells what comes until the connection ends, and leaves in good order when it is cancelled.
  ///
  /// - Throws: `ServiceError`: `.unsupported` where the resource has no real-time events, or none that this client
  ///   could take; `.authFailed` when the service of events refuses one fresh token after the other.
  public func run(_ receive: @escaping @Sendable (ChatEventSignal) -> Void) async throws {
    do {
      let place = try await connect()
      let run = EventRun(channel: self, place: place, receive: receive)
      defer { state.withLock { $0.tally = $0.tally + run.tally } }
      try await run.run()
    } catch {
      throw ServiceError(error, during: "listening to the service's events")
    }
  }
}
