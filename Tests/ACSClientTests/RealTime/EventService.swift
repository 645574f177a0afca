import ACSAuth
import ACSClient
import ACSTypes
import ACSWire
import Services
import Synchronization
import TestKit

/// The HTTP side of a service of events that takes everybody, but for what a test tells it.
final class EventService: HTTPExchange {
  enum Place: Hashable {
    case configuration
    case connection
    case handshake
    case register
    case unregister
    case other
  }

  static let surl = "https://trouter.example.com:3443/v4/f/flow/"

  private struct State {
    var requests: [(place: Place, request: HTTPRequest)] = []
    var answers: [Place: [HTTPResponse]] = [:]
  }

  private let state = Mutex(State())
  private let stream: AsyncStream<Place>
  private let came: AsyncStream<Place>.Continuation

  init() {
    (stream, came) = AsyncStream.makeStream()
  }

  /// Answers the next request to `place` so, and not as usual.
  func next(_ place: Place, status: Int = 200, _ body: String = "", count: Int = 1) {
    let response = HTTPResponse(status: status, body: Array(body.utf8))
    state.withLock { state in
      state.answers[place, default: []] += [HTTPResponse](repeating: response, count: count)
    }
  }

  func requests(to place: Place) -> [HTTPRequest] {
    state.withLock { $0.requests.filter { $0.place == place }.map(\.request) }
  }

  /// Waits until a request to `place` comes; those before it are passed over.
  ///
  /// One caller at a time.
  func reached(_ place: Place) async {
    for await came in stream where came == place { return }
  }

  func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
    if Task.isCancelled { throw TransportError(.cancelled, "The transfer was cancelled.") }
    let place = EventService.place(of: request)
    let answer = state.withLock { state -> HTTPResponse? in
      state.requests.append((place, request))
      guard state.answers[place]?.isEmpty == false else { return nil }
      return state.answers[place]?.removeFirst()
    }
    came.yield(place)
    return answer ?? EventService.usual(place)
  }

  private static func place(of request: HTTPRequest) -> Place {
    switch (request.method, request.path) {
    case ("GET", "/chat/config/realTimeNotifications"): .configuration
    case ("POST", "/v4/a"): .connection
    case ("GET", "/socket.io/1/"): .handshake
    case ("POST", "/registrar/prod/v3/registrations"): .register
    case ("DELETE", let path) where path.hasPrefix("/registrar/prod/v3/registrations/"): .unregister
    default: .other
    }
  }

  private static func usual(_ place: Place) -> HTTPResponse {
    switch place {
    case .configuration:
      HTTPResponse(
        status: 200,
        body: RealTimeConfiguration(
          trouterServiceURL: "https://trouter.example.com",
          registrarServiceURL: "https://registrar.example.com/registrar/prod",
          cloudType: "Public"
        ).bytes)
    case .connection:
      HTTPResponse(
        status: 200,
        body: TrouterConnection(
          socketIO: "https://socket.example.com:443/", surl: surl, ccid: "ccid",
          registrarURL: nil, connectParameters: ["sr": "flow", "sig": "s"]
        ).bytes)
    case .handshake:
      HTTPResponse(status: 200, body: Array("session:70:70:websocket".utf8))
    case .register, .unregister: HTTPResponse(status: 202)
    case .other: HTTPResponse(status: 404)
    }
  }
}

/// A channel over a service, sockets and a clock in the test's hand.
final class EventBench: Sendable {
  let service = EventService()
  let connector = PeerSocketConnector()
  let user: SignedIn
  let timer: SteppedTimer
  let channel: TrouterEventChannel
  private let stream: AsyncStream<ChatEventSignal>
  private let signals: AsyncStream<ChatEventSignal>.Continuation

  init(tokens: [String] = ["a"]) throws {
    user = try SignedIn(tokens: tokens, [])
    timer = SteppedTimer(user.clock)
    (stream, signals) = AsyncStream.makeStream()
    let authorised = AuthorisedExchange(
      exchange: service, credential: user.credential, clock: user.clock, flow: nil)
    channel = TrouterEventChannel(
      endpoint: SignedIn.endpoint, exchange: authorised, transport: service,
      connector: connector, credential: user.credential, clock: user.clock, timer: timer,
      random: SeededRandom(seed: 7))
  }

  /// Waits for the next signal.
  ///
  /// One caller at a time.
  func signal() async -> ChatEventSignal? {
    for await signal in stream { return signal }
    return nil
  }

  /// Runs the channel beside `script`, whose end cancels it.
  ///
  /// - Returns: How the run ended.
  func run(_ script: @escaping @Sendable () async throws -> Void) async throws -> ServiceError? {
    try await withThrowingTaskGroup(of: Void.self) { group in
      let outcome = Mutex<ServiceError?>(nil)
      group.addTask { [self] in
        do {
          try await channel.run { [signals] in signals.yield($0) }
        } catch let error as ServiceError {
          outcome.withLock { $0 = error }
        }
        signals.finish()
      }
      try await script()
      group.cancelAll()
      try await group.waitForAll()
      return outcome.withLock { $0 }
    }
  }

  /// Runs the channel, which has to end by itself after `script`.
  func runToEnd(_ script: @escaping @Sendable () async throws -> Void = {}) async throws
    -> ServiceError?
  {
    try await run { [self] in
      try await script()
      while await signal() != nil {}
    }
  }

  /// Lets the channel connect and register, and takes what it says on the way.
  func connected() async throws -> PeerSocket {
    let socket = await connector.accepted()
    socket.say("1::")
    _ = await socket.heard()
    guard await signal() == .connected else { throw NotConnected() }
    return socket
  }

  struct NotConnected: Error {}
}
