import ACSClient
import ACSTypes
import Services
import Synchronization
import TestKit
import Testing

@Suite("GatewayClient")
struct GatewayClientTests {
  private let welcome = #"{"type":"welcome","version":1,"identity":"8:acs:alice"}"#
  private let url = "ws://127.0.0.1:7760/gateway"

  /// The signals of one run.
  private func signals(of client: GatewayClient) async throws -> [CallSignal] {
    let signals = Mutex<[CallSignal]>([])
    try await client.run { signal in signals.withLock { $0.append(signal) } }
    return signals.withLock { $0 }
  }

  private func client(_ connector: ScriptedSocketConnector, _ user: SignedIn) throws
    -> GatewayClient
  {
    try GatewayClient(url: url, connector: connector, credential: user.credential)
  }

  @Test("signals are passed on in order, those of later versions passed over")
  func run() async throws {
    let user = try SignedIn([])
    let connector = ScriptedSocketConnector([
      .open(
        [welcome, #"{"type":"hologram"}"#, #"{"type":"accepted","requestId":"r","callId":"c"}"#],
        end: .closed)
    ])
    let signals = try await signals(of: client(connector, user))
    #expect(
      signals == [
        .welcome(version: 1, identity: CommunicationIdentifier(rawID: "8:acs:alice")),
        .accepted(requestID: "r", callID: CallID("c")),
      ])
    #expect(connector.requests.map { $0.origin + $0.target } == ["http://127.0.0.1:7760/gateway"])
    #expect(connector.requests.map { $0.headers["Authorization"] } == user.authorisations("a"))
    #expect(connector.openSockets == 0)
    #expect(connector.anomalies == [])
    user.expectPlayed()
  }

  @Test("a command goes over the open connection")
  func send() async throws {
    let user = try SignedIn([])
    let gate = Gate()
    let connector = ScriptedSocketConnector([.open([welcome], end: .held(gate))])
    let client = try client(connector, user)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await client.run { _ in } }
      await gate.reached()
      try await client.send(.hangUp(requestID: "r", callID: CallID("c")))
      gate.open()
      try await group.waitForAll()
    }
    #expect(connector.sent == [#"{"type":"hangUp","requestId":"r","callId":"c"}"#])
    #expect(connector.openSockets == 0)
    let error = await #expect(throws: ServiceError.self) {
      try await client.send(.hangUp(requestID: "r", callID: CallID("c")))
    }
    #expect(
      error
        == ServiceError(
          .unreachable,
          "There is no connection to the call gateway at http://127.0.0.1:7760/gateway; calls wait for it."
        ))
  }

  @Test("a refused token is renewed once")
  func renewal() async throws {
    let user = try SignedIn(tokens: ["a", "b"], [])
    let refusal = TransportError(.interrupted, "The gateway answered 401.", status: 401)
    let connector = ScriptedSocketConnector([.failure(refusal), .open([], end: .closed)])
    _ = try await signals(of: client(connector, user))
    #expect(connector.requests.map { $0.headers["Authorization"] } == user.authorisations("a", "b"))
    user.expectPlayed()
  }

  static let place = "the call gateway at http://127.0.0.1:7760/gateway"

  @Test(
    "the end of a connection says what happened",
    arguments: [
      (
        ScriptedSocketConnector.Attempt.failure(
          TransportError(.cannotConnect, "Nothing listens there.")),
        ServiceError(.unreachable, "Failed connecting to \(place): Nothing listens there.")
      ),
      (
        .open([], end: .broken(TransportError(.interrupted, "The connection broke."))),
        ServiceError(
          .unreachable, "Failed listening to \(place): The connection broke.", isUncertain: true)
      ),
      (
        .open([#"{"type":"accepted"}"#], end: .closed),
        ServiceError(
          .badAnswer,
          """
          Failed listening to \(place): the answer cannot be understood. requestId: This is required and missing.
          """)
      ),
    ])
  func failure(attempt: ScriptedSocketConnector.Attempt, meaning: ServiceError) async throws {
    let user = try SignedIn([])
    let connector = ScriptedSocketConnector([attempt])
    let client = try client(connector, user)
    let error = await #expect(throws: ServiceError.self) { try await client.run { _ in } }
    #expect(error == meaning)
    #expect(connector.openSockets == 0)
  }
}
