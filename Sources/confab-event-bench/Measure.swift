import ACSAuth
import ACSClient
import ACSTypes
import ACSWire
import Executor
import Services
import Synchronization

/// Takes `frames` through a channel on one thread.
///
/// - Returns: How many it took in a second; `nil` when not each was answered and told.
func measure(frames count: Int) -> Double? {
  let executor = PosixExecutor(threads: 1, name: "tasks")
  defer { executor.stop() }
  let clock = SystemClock()
  let flow = TokenFlow(observer: Nobody(), clock: clock)
  let credential = UserTokenCredential(
    source: OneToken(expiresOn: clock.now + .seconds(86_400)), displayName: "Bob", clock: clock,
    random: SystemRandom(), flow: flow)
  let service = EventPlaces()
  let socket = FeedSocket(sampleFrames(), count: count)
  let channel = TrouterEventChannel(
    endpoint: "https://contoso.example.com",
    exchange: AuthorisedExchange(
      exchange: service, credential: credential, clock: clock, flow: nil),
    transport: service, connector: socket, credential: credential, clock: clock,
    timer: SystemTimer(), random: SystemRandom(), executor: executor)
  let told = Told()
  let start = ContinuousClock.now
  executor.run { try? await channel.run { told.count($0) } }
  let seconds = (ContinuousClock.now - start) / .seconds(1)
  guard told.events == count, socket.sent >= count else { return nil }
  return Double(count) / seconds
}

/// Counts what the channel tells.
private final class Told: Sendable {
  private let number = Mutex(0)

  var events: Int { number.withLock { $0 } }

  func count(_ signal: ChatEventSignal) {
    if case .event = signal { number.withLock { $0 += 1 } }
  }
}

/// The HTTP side of a service of events.
private struct EventPlaces: HTTPExchange {
  func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
    switch request.path {
    case "/chat/config/realTimeNotifications":
      let places = RealTimeConfiguration(
        trouterServiceURL: "https://trouter.example.com",
        registrarServiceURL: "https://trouter.example.com/registrar/prod", cloudType: "Public")
      return HTTPResponse(status: 200, body: places.bytes)
    case "/v4/a":
      let connection = TrouterConnection(
        socketIO: "https://trouter.example.com/", surl: "https://trouter.example.com/v4/f/f/",
        ccid: nil, registrarURL: nil, connectParameters: [:])
      return HTTPResponse(status: 200, body: connection.bytes)
    case "/socket.io/1/":
      return HTTPResponse(status: 200, body: Array("session:180:180:websocket".utf8))
    default:
      return HTTPResponse(status: 202)
    }
  }
}

/// Gives the same token again and again.
private struct OneToken: TokenSource {
  let expiresOn: Timestamp
  var isRenewable: Bool { true }

  func fetch(
    renewing: CommunicationIdentifier?, mayPrompt: Bool
  ) async throws -> UserAccessToken {
    UserAccessToken(
      token: Secret("token"), expiresOn: expiresOn,
      identity: CommunicationIdentifier(rawID: "8:acs:bob"), claims: nil)
  }
}

/// Watches no token.
private struct Nobody: TokenFlowObserver {
  func record(_ step: TokenFlowStep) {}
}
