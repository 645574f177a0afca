import ACSAuth
import ACSTypes
import Services
import TestKit
import Testing

@Suite("TokenServiceClient")
struct TokenServiceClientTests {
  static let url = "http://127.0.0.1:7760/token"
  static let target = "\(url)?user=Alice&scope=chat,voip"
  static let clock = ManualClock()
  static let expiry = clock.now + .seconds(3600)
  static let jwt = UnsignedToken(expiresOn: expiry).text
  static let alice = CommunicationIdentifier(rawID: "8:acs:5d1c_alice")

  let recorder = StepRecorder()

  private func client(
    _ exchange: ScriptedExchange, headers: [TokenServiceSettings.Header] = [],
    refreshURL: String? = nil
  ) throws -> TokenServiceClient {
    try TokenServiceClient(
      settings: TokenServiceSettings(
        url: Self.url, headers: headers, userName: "Alice", refreshURL: refreshURL),
      exchange: exchange, flow: TokenFlow(observer: recorder, clock: Self.clock))
  }

  private func error(
    of line: ScriptedExchange.Line, headers: [TokenServiceSettings.Header] = []
  ) async throws -> ServiceError? {
    let exchange = ScriptedExchange([line])
    let client = try client(exchange, headers: headers)
    let error = await #expect(throws: ServiceError.self) { try await client.fetch() }
    #expect(exchange.anomalies == [] && exchange.unmet == [] && recorder.anomalies == [])
    return error
  }

  /// WIRE 9, row by row; `T` stands for the token.
  @Test(
    "every known token service's answer is understood",
    arguments: [
      (
        201, #"{"token":"T","expiresOn":"E","user":{"communicationUserId":"8:acs:bob"}}"#,
        "8:acs:bob"
      ),
      (
        201, #"{"token":"T","expiresOn":"E","user":{"id":"8:acs:bob","rawId":"8:acs:bob"}}"#,
        "8:acs:bob"
      ),
      (200, #"{"token":"T","expiresOn":"E"}"#, "8:acs:5d1c_alice"),
      (200, #"{"token":"T"}"#, "8:acs:5d1c_alice"),
      (
        200, #"{"value":{"user":{"id":"8:acs:bob"},"accessToken":{"token":"T","expiresOn":"E"}}}"#,
        "8:acs:bob"
      ),
      (
        200, #"{"User":{"Id":"8:acs:bob"},"AccessToken":{"Token":"T","ExpiresOn":"E"}}"#,
        "8:acs:bob"
      ),
      (
        201, #"{"identity":{"id":"8:acs:bob"},"accessToken":{"token":"T","expiresOn":"E"}}"#,
        "8:acs:bob"
      ),
      (200, #"{"token":"T","userId":"8:acs:bob"}"#, "8:acs:bob"),
      (299, #" {"token":"T","new":[1,{}]} "#, "8:acs:5d1c_alice"),
    ])
  func shapes(status: Int, body: String, identity: String) async throws {
    let filled = body.replacing("\"T\"", with: "\"\(Self.jwt)\"")
      .replacing("\"E\"", with: "\"\(Self.expiry.iso8601WithOffset)\"")
    let exchange = ScriptedExchange([.answer("GET", Self.target, status: status, body: filled)])
    let token = try await client(exchange).fetch()
    #expect(token.token.reveal() == Self.jwt)
    #expect(token.identity.rawID == identity)
    #expect(token.expiresOn == Self.expiry)
    #expect(token.claims?.scopes == [.chat, .voip])
  }

  @Test("the way is told step by step, without the token and the keys")
  func steps() async throws {
    let exchange = ScriptedExchange([
      .answer("GET", Self.target, body: #"{"token":"\#(Self.jwt)"}"#)
    ])
    let key = TokenServiceSettings.Header(name: "x-functions-key", value: Secret("open sesame"))
    _ = try await client(exchange, headers: [key]).fetch()
    let steps = recorder.steps
    #expect(
      steps.map(\.title) == ["GET \(Self.url)", "Read the answer, \(Self.jwt.count + 12) bytes"])
    #expect(steps.map(\.kind) == [.request, .answer])
    #expect(steps.map(\.status) == [200, nil])
    #expect(steps.map(\.outcome) == [.succeeded, .succeeded])
    #expect(
      steps[0].details == [
        "user  Alice", "scope  chat,voip", "header  x-functions-key: <redacted>",
      ])
    #expect(
      steps[1].details == [
        "token  \(Self.jwt.count) characters", "expires  \(Self.expiry.iso8601)",
        "user  8:acs:5d1c_alice",
      ])
    #expect(recorder.anomalies == [])
    let told = "\(steps)"
    #expect(!told.contains(Self.jwt) && !told.contains("open sesame"))
    #expect(exchange.requests.first?.headers["X-Functions-Key"] == "open sesame")
  }

  /// Status, header fields, body, message.
  static let wrongAnswers: [(Int, HTTPHeaders, String, String)] = [
    (
      404, [:], #"{"code":404,"message":"User Mapping not found","stack_trace":"x"}"#,
      "Failed asking the token service at \(url): User Mapping not found [404 404]"
    ),
    (
      500, [:], "Something\u{1B}[31m broke\r\n",
      """
      Failed asking the token service at \(url): The service failed; try again later. [500] It said: "Something [31m \
      broke"
      """
    ),
    (
      401, ["X-Confab-Why": "the header Authorization is missing"],
      #"{"error":{"code":"Denied","message":"Denied by the resource provider."}}"#,
      """
      Failed asking the token service at \(url): Denied by the resource provider. (the header Authorization is \
      missing) [401 Denied]
      """
    ),
    (
      401, ["WWW-Authenticate": #"Bearer realm="tokens", error="invalid_token""#], "",
      """
      Failed asking the token service at \(url): The service does not accept the credentials; sign in again or check \
      the key. [401] It asks for "Bearer realm="tokens", error="invalid_token"". Configure tokenService.login; \
      docs/authentication.md tells how.
      """
    ),
    (
      502, ["Content-Type": "text/html"], "<p>bad gateway</p>",
      """
      Failed asking the token service at \(url): The service failed; try again later. [502] It answered with a web \
      page; check the address.
      """
    ),
    (
      302, ["Location": "https://login.example.com/authorize?state=eyJhbGciOiJSUzI1NiJ9"], "",
      """
      The token service at \(url) redirects to "https://login.example.com/authorize" [302], which is not followed. \
      Configure the address where the token is; a sign-in page cannot be used. A service that wants a sign-in needs \
      tokenService.login.
      """
    ),
    (
      304, [:], "",
      """
      The token service at \(url) redirects [304], which is not followed. Configure the address where the token is; \
      a sign-in page cannot be used. A service that wants a sign-in needs tokenService.login.
      """
    ),
    (
      200, [:], "",
      "The token service at \(url) answered 200 with an empty body instead of a token."
    ),
    (
      200, [:], "\u{FEFF} <!DOCTYPE html><html><body>Sign in</body></html>",
      """
      The token service at \(url) answered 200 with a web page instead of a token. Check the address: it may be a \
      sign-in page or the front of an application.
      """
    ),
    (
      200, [:], String(repeating: "no JSON at all ", count: 10),
      """
      The token service at \(url) answered 200 with what is no JSON: "no JSON at all no JSON at all no JSON at all no \
      JSON at all …"
      """
    ),
    (
      200, [:], jwt,
      "The token service at \(url) answered 200 with what is no JSON: \"<redacted>\""
    ),
    (
      200, [:], #"{"access_token":"x","expires_in":3600}"#,
      """
      The token service at \(url) answered 200. The token service's answer has no token. It has "access_token", \
      "expires_in".
      """
    ),
    (
      200, [:], "{}",
      "The token service at \(url) answered 200. The token service's answer has no token. It is empty."
    ),
    (
      200, [:], "[]",
      """
      The token service at \(url) answered 200. The token service should answer with an object and gave a list.
      """
    ),
    (
      200, [:], #"{"token":"opaque"}"#,
      """
      The token service at \(url) answered 200. Neither the token service's answer nor the token tells when it expires.
      """
    ),
    (
      200, [:], #"{"token":"opaque","expiresOn":"2030-01-01T00:00:00Z"}"#,
      """
      The token service at \(url) answered 200. Neither the token service's answer nor the token tells whose token it \
      is.
      """
    ),
  ]

  @Test("a wrong answer is called by its name", arguments: wrongAnswers.indices)
  func wrongAnswer(index: Int) async throws {
    let (status, headers, body, message) = Self.wrongAnswers[index]
    let error = try await error(
      of: .answer("GET", Self.target, status: status, headers: headers, body: body))
    #expect(error?.message == message)
    #expect(error?.status == status)
    #expect(recorder.steps.last?.outcome == .failed(message))
  }

  @Test("a token service that repeats the key does not get it shown")
  func repeatedKey() async throws {
    let key = TokenServiceSettings.Header(name: "Authorization", value: Secret("Bearer hunter22"))
    let error = try await error(
      of: .answer(
        "GET", Self.target, status: 403, body: #"{"message":"Bearer hunter22 may not"}"#),
      headers: [key])
    #expect(
      error?.message
        == "Failed asking the token service at \(Self.url): <redacted> may not [403]")
  }

  @Test(
    "a token service that cannot be reached",
    arguments: [
      (TransportError.Code.cannotConnect, ServiceError.Code.unreachable),
      (.cannotResolve, .unreachable), (.interrupted, .unreachable), (.timedOut, .timedOut),
      (.certificateRefused, .certificateRefused), (.tooLarge, .badAnswer), (.badURL, .refused),
      (.cancelled, .cancelled), (.libraryMissing, .unreachable),
    ])
  func transport(code: TransportError.Code, meaning: ServiceError.Code) async throws {
    let error = try await error(
      of: .failure("GET", Self.target, TransportError(code, "Nothing listens there.")))
    #expect(
      error
        == ServiceError(
          meaning, "Failed asking the token service at \(Self.url): Nothing listens there.",
          isUncertain: code == .interrupted))
  }

  @Test("a known user's next token comes from the address for that")
  func refresh() async throws {
    let refreshed = "http://127.0.0.1:7760/refreshToken/8%3Aacs%3A5d1c_alice"
    let exchange = ScriptedExchange([
      .answer("POST", refreshed, body: #"{"token":"\#(Self.jwt)"}"#)
    ])
    let client = try client(exchange, refreshURL: "http://127.0.0.1:7760/refreshToken/{userId}")
    _ = try await client.fetch(renewing: Self.alice)
    #expect(exchange.anomalies == [] && exchange.unmet == [])
  }

  @Test("a token service that has forgotten the user is asked as for the first token")
  func forgotten() async throws {
    let refreshed = "http://127.0.0.1:7760/refreshToken/8%3Aacs%3A5d1c_alice"
    let exchange = ScriptedExchange([
      .answer("POST", refreshed, status: 404),
      .answer("GET", Self.target, body: #"{"token":"\#(Self.jwt)"}"#),
    ])
    let client = try client(exchange, refreshURL: "http://127.0.0.1:7760/refreshToken/{userId}")
    _ = try await client.fetch(renewing: Self.alice)
    #expect(exchange.anomalies == [] && exchange.unmet == [] && recorder.anomalies == [])
    #expect(recorder.steps.map(\.kind) == [.request, .request, .answer])
  }
}
