import ACSAuth
import ACSClient
import ACSTypes
import Services
import TestKit
import Testing

@Suite("AuthorisedExchange")
struct AuthorisedExchangeTests {
  private let list = #"{"value":[]}"#
  private let denied = #"{"error":{"code":"Unauthorized","message":"The token has expired."}}"#

  @Test("the first request with a token is a step of the flow, later ones are not")
  func firstRequest() async throws {
    let user = try SignedIn([.chat("GET", "", body: list), .chat("GET", "", body: list)])
    _ = try await user.chat.threads(next: nil)
    _ = try await user.chat.threads(next: nil)
    user.expectPlayed()
    let steps = user.recorder.steps
    #expect(steps.map(\.kind) == [.request, .answer, .claims, .authorisedRequest])
    #expect(steps.last?.title == "GET https://contoso.example.com/chat/threads")
    #expect(steps.last?.status == 200)
    #expect(steps.last?.outcome == .succeeded)
    #expect(steps.last?.details == ["authorization  Bearer <redacted>"])
    #expect(
      user.service.requests.map { $0.headers["Authorization"] } == user.authorisations("a", "a"))
  }

  @Test("after a 401 the token is renewed and the request sent again")
  func renewal() async throws {
    let user = try SignedIn(
      tokens: ["a", "b"],
      [.chat("GET", "", status: 401, body: denied), .chat("GET", "", body: list)])
    _ = try await user.chat.threads(next: nil)
    user.expectPlayed()
    #expect(
      user.service.requests.map { $0.headers["Authorization"] } == user.authorisations("a", "b"))
    let steps = user.recorder.steps.filter { $0.kind == .authorisedRequest }
    #expect(steps.map(\.status) == [401, 200])
    #expect(
      steps.map(\.outcome) == [
        .failed("Failed sending the request: The token has expired. [401 Unauthorized]"),
        .succeeded,
      ])
  }

  @Test("a service that refuses every token: one renewal a request, three in a row, then none")
  func bounded() async throws {
    let refusal = ScriptedExchange.Line.chat("GET", "", status: 401, body: denied)
    let user = try SignedIn(
      tokens: ["a", "b", "c", "d"], Array(repeating: refusal, count: 8))
    let words = "Failed listing the threads: The token has expired. [401 Unauthorized]"
    for _ in 0..<3 {
      let error = await #expect(throws: ServiceError.self) {
        try await user.chat.threads(next: nil)
      }
      #expect(error?.code == .unauthenticated)
      #expect(error?.message == words)
    }
    for _ in 0..<2 {
      let error = await #expect(throws: ServiceError.self) {
        try await user.chat.threads(next: nil)
      }
      #expect(
        error?.message == """
          \(words) The service refused 3 fresh tokens in a row. Check that the token service and the endpoint belong \
          to the same resource.
          """)
    }
    user.expectPlayed()
  }

  @Test("requests that are refused at the same time share one renewal")
  func sharedRenewal() async throws {
    let gate = Gate()
    let url = "\(SignedIn.endpoint)/chat/threads?api-version=2024-03-07"
    let held = ScriptedExchange.Line.held("GET", url, by: gate, status: 401, body: denied)
    let user = try SignedIn(
      tokens: ["a", "b"],
      [held, held, held] + Array(repeating: .chat("GET", "", body: list), count: 3))
    let chat = user.chat
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<3 { group.addTask { _ = try await chat.threads(next: nil) } }
      await gate.reached(by: 3)
      gate.open()
      try await group.waitForAll()
    }
    user.expectPlayed()
  }

  @Test("when the first request fails, the first that works is shown, too; those between are not")
  func firstSuccess() async throws {
    let user = try SignedIn([
      .chat("GET", "", status: 503), .chat("GET", "", status: 503), .chat("GET", "", body: list),
      .chat("GET", "", body: list),
    ])
    for _ in 0..<2 {
      await #expect(throws: ServiceError.self) { try await user.chat.threads(next: nil) }
    }
    for _ in 0..<2 { _ = try await user.chat.threads(next: nil) }
    user.expectPlayed()
    let steps = user.recorder.steps.filter { $0.kind == .authorisedRequest }
    #expect(steps.map(\.status) == [503, 200])
  }

  /// Status, body, header fields; then the error.
  @Test(
    "what a status means",
    arguments: [
      (
        403, #"{"CommunicationError":{"Code":"Forbidden","Message":"No."}}"#, [:],
        ServiceError(
          .forbidden, "Failed listing the threads: No. [403 Forbidden]", status: 403,
          serviceCode: "Forbidden")
      ),
      (
        404, "", [:],
        ServiceError(
          .notFound,
          "Failed listing the threads: The service does not know what was asked for. [404]",
          status: 404)
      ),
      (
        429, "", ["Retry-After": "7"],
        ServiceError(
          .throttled, "Failed listing the threads: The service asks to slow down. [429]",
          status: 429, retryAfter: .seconds(7))
      ),
      (
        500, "<html>", [:],
        ServiceError(
          .serviceFailed, "Failed listing the threads: The service failed; try again later. [500]",
          status: 500)
      ),
      (
        302, "", [:],
        ServiceError(
          .badAnswer, "Failed listing the threads: The service gave an unexpected answer. [302]",
          status: 302)
      ),
    ] as [(Int, String, HTTPHeaders, ServiceError)])
  func statuses(status: Int, body: String, headers: HTTPHeaders, meaning: ServiceError) async throws
  {
    let user = try SignedIn([.chat("GET", "", status: status, headers: headers, body: body)])
    let error = await #expect(throws: ServiceError.self) { try await user.chat.threads(next: nil) }
    #expect(error == meaning)
    user.expectPlayed()
  }

  @Test("an endpoint that cannot be reached")
  func unreachable() async throws {
    let user = try SignedIn([
      .failure(
        "GET", "\(SignedIn.endpoint)/chat/threads?api-version=2024-03-07",
        TransportError(.certificateRefused, "The certificate is not trusted."))
    ])
    let error = await #expect(throws: ServiceError.self) { try await user.chat.threads(next: nil) }
    #expect(
      error
        == ServiceError(
          .certificateRefused, "Failed listing the threads: The certificate is not trusted."))
    user.expectPlayed()
  }

  @Test("without a token nothing is sent")
  func noToken() async throws {
    let user = try SignedIn(tokens: [], [])
    user.tokens.expect(
      .failure("GET", SignedIn.tokenURL, TransportError(.cannotConnect, "Nothing listens there.")))
    let error = await #expect(throws: ServiceError.self) { try await user.chat.threads(next: nil) }
    #expect(
      error?.message
        == "Failed asking the token service at http://127.0.0.1:7760/token: Nothing listens there.")
    user.expectPlayed()
  }
}
