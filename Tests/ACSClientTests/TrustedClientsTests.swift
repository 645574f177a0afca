import ACSClient
import ACSTypes
import ACSWire
import Services
import TestKit
import Testing

/// Signs by writing down what would be signed.
struct EchoingAuthoriser: RequestAuthoriser {
  func authorise(_ request: HTTPRequest) async throws -> HTTPRequest {
    var request = request
    request.headers["Authorization"] = "\(request.method) \(request.target)"
    return request
  }
}

private struct KeylessAuthoriser: RequestAuthoriser {
  func authorise(_ request: HTTPRequest) async throws -> HTTPRequest {
    throw ServiceError(.badSettings, "There is no access key.")
  }
}

@Suite("IdentityClient and CallAutomationClient")
struct TrustedClientsTests {
  private let endpoint = "https://contoso.example.com"
  private let alice = CommunicationIdentifier(rawID: "8:acs:5d1c_alice")
  private let clock = ManualClock()

  private func identity(_ exchange: ScriptedExchange) -> IdentityClient {
    IdentityClient(endpoint: endpoint, exchange: exchange, authoriser: EchoingAuthoriser())
  }

  private func calls(_ exchange: ScriptedExchange) -> CallAutomationClient {
    CallAutomationClient(
      endpoint: endpoint, exchange: exchange, authoriser: EchoingAuthoriser(), clock: clock)
  }

  private func url(_ path: String, _ version: String = "2023-10-01") -> String {
    "\(endpoint)\(path)?api-version=\(version)"
  }

  private func expectPlayed(_ exchange: ScriptedExchange) {
    #expect(exchange.anomalies == [] && exchange.unmet == [])
    for request in exchange.requests {
      #expect(request.headers["Authorization"] == "\(request.method) \(request.target)")
    }
  }

  @Test("identities are created, given tokens, and deleted")
  func identities() async throws {
    let token = UnsignedToken(expiresOn: clock.now + .seconds(3600)).text
    let model = #"{"token":"\#(token)","expiresOn":"2026-11-21T03:29:57.000000+00:00"}"#
    let path = "/identities/8%3Aacs%3A5d1c_alice"
    let exchange = ScriptedExchange([
      .answer(
        "POST", url("/identities"), status: 201, body: #"{"identity":{"id":"8:acs:5d1c_alice"}}"#),
      .answer(
        "POST", url("/identities"), status: 201,
        body: #"{"identity":{"id":"8:acs:5d1c_alice"},"accessToken":\#(model)}"#),
      .answer("POST", url("\(path)/:issueAccessToken"), body: model),
      .answer("POST", url("\(path)/:revokeAccessTokens"), status: 204),
      .answer("DELETE", url(path), status: 204),
    ])
    let client = identity(exchange)
    #expect(try await client.createIdentity() == alice)
    let first = try await client.createIdentity(scopes: [.chat], lifetimeInMinutes: 60)
    #expect(first.identity == alice)
    #expect(first.expiresOn == clock.now + .seconds(3600))
    let second = try await client.issueToken(for: alice, scopes: [.chat, .voip])
    #expect(second.token == Secret(token))
    #expect(second.claims?.identity == alice)
    try await client.revokeTokens(of: alice)
    try await client.delete(alice)
    expectPlayed(exchange)
    #expect(
      exchange.requests.map { String(decoding: $0.body, as: UTF8.self) } == [
        "", #"{"createTokenWithScopes":["chat"],"expiresInMinutes":60}"#,
        #"{"scopes":["chat","voip"]}"#, "", "",
      ])
  }

  @Test("Identity's errors keep its code and words")
  func identityError() async throws {
    let exchange = ScriptedExchange([
      .answer(
        "DELETE", url("/identities/8%3Aacs%3A5d1c_alice"), status: 401,
        body:
          #"{"error":{"code":"IdentityNotOwned","message":"Provided identity doesn't belong."}}"#)
    ])
    let error = await #expect(throws: ServiceError.self) {
      try await identity(exchange).delete(alice)
    }
    #expect(
      error
        == ServiceError(
          .unauthenticated,
          "Failed deleting the identity: Provided identity doesn't belong. [401 IdentityNotOwned]",
          status: 401, serviceCode: "IdentityNotOwned"))
  }

  @Test("a token that was asked for and is not there")
  func noToken() async throws {
    let exchange = ScriptedExchange([
      .answer("POST", url("/identities"), status: 201, body: #"{"identity":{"id":"8:acs:x"}}"#)
    ])
    let error = await #expect(throws: ServiceError.self) {
      try await identity(exchange).createIdentity(scopes: [.chat])
    }
    #expect(
      error
        == ServiceError(
          .badAnswer, "Failed creating an identity with a token: the answer has no token."))
  }

  @Test("without a key nothing is sent")
  func keyless() async throws {
    let exchange = ScriptedExchange()
    let client = IdentityClient(
      endpoint: endpoint, exchange: exchange, authoriser: KeylessAuthoriser())
    let error = await #expect(throws: ServiceError.self) { try await client.createIdentity() }
    #expect(error == ServiceError(.badSettings, "There is no access key."))
    #expect(exchange.requests == [])
  }

  @Test("calls are made, answered, declined, muted, read and ended")
  func callLife() async throws {
    let version = "2024-04-15"
    let path = "/calling/callConnections"
    let call = #"{"callConnectionId":"c1","callConnectionState":"connecting"}"#
    let person = #"{"identifier":{"rawId":"8:acs:bob"},"isMuted":true,"isOnHold":false}"#
    let exchange = ScriptedExchange([
      .answer("POST", url(path, version), status: 201, body: call),
      .answer("POST", url("\(path):answer", version), body: call),
      .answer("POST", url("\(path):reject", version), status: 204),
      .answer("POST", url("\(path)/c1/participants:mute", version), body: "{}"),
      .answer("GET", url("\(path)/c1", version), body: call),
      .answer("GET", url("\(path)/c1/participants", version), body: #"{"value":[\#(person)]}"#),
      .answer("DELETE", url("\(path)/c1", version), status: 204),
      .answer("POST", url("\(path)/c1:terminate", version), status: 204),
    ])
    let client = calls(exchange)
    let created = try await client.createCall(
      CreateCallRequest(
        targets: [IdentifierModel(alice, writingKind: true)], callbackURI: "http://h/c"),
      requestID: "r1")
    #expect(created.callConnectionID == "c1")
    _ = try await client.answerCall(
      AnswerCallRequest(incomingCallContext: "x", callbackURI: "http://h/c"), requestID: "r2")
    try await client.rejectCall(
      RejectCallRequest(incomingCallContext: "x", callRejectReason: "busy"), requestID: "r3")
    try await client.mute(alice, in: "c1", requestID: "r4")
    #expect(try await client.call("c1").callConnectionState == "connecting")
    let people = try await client.participants(of: "c1")
    #expect(people.map(\.identifier.identifier.rawID) == ["8:acs:bob"])
    try await client.hangUp("c1")
    try await client.terminate("c1", requestID: "r5")
    expectPlayed(exchange)
    #expect(
      exchange.requests.map { $0.headers["Repeatability-Request-ID"] }
        == ["r1", "r2", "r3", "r4", nil, nil, nil, "r5"])
    #expect(
      exchange.requests[0].headers["Repeatability-First-Sent"] == "Sat, 21 Nov 2026 02:29:57 GMT")
  }
}
