import ACSTypes
import Services
import TestKit
import Testing

@testable import ACSAuth

@Suite("DeviceCodeLogin")
struct DeviceCodeLoginTests {
  static let base = "https://login.example/contoso/oauth2/v2.0"
  static let codeAnswer = """
    {"device_code":"device-secret","user_code":"WDJB-MJHT","verification_uri":"https://login.example/device",
    "expires_in":900,"interval":5,"message":"Open it"}
    """
  static let pending =
    #"{"error":"authorization_pending","error_description":"AADSTS70016: Pending."}"#

  let clock = ManualClock()
  let recorder = StepRecorder()
  let store = ScriptedSecrets()
  let prompts = PromptRecorder()
  let flow: ACSAuth.TokenFlow
  let settings = DeviceCodeSettings(
    authority: "https://login.example/", tenant: "contoso", clientID: "app-1",
    scope: "api://app-1/access_as_user")

  init() {
    flow = ACSAuth.TokenFlow(observer: recorder, clock: clock)
  }

  private func login(_ exchange: ScriptedExchange, _ timer: ManualTimer? = nil) throws
    -> DeviceCodeLogin
  {
    try DeviceCodeLogin(
      settings: settings, exchange: exchange, store: store, prompter: prompts, clock: clock,
      timer: timer ?? ManualTimer(clock), flow: flow)
  }

  private func code(_ body: String = codeAnswer, status: Int = 200) -> ScriptedExchange.Line {
    .answer("POST", "\(Self.base)/devicecode", status: status, body: body)
  }

  private func poll(_ body: String, status: Int = 400) -> ScriptedExchange.Line {
    .answer("POST", "\(Self.base)/token", status: status, body: body)
  }

  private func granted(_ access: String, refresh: String?, life: Int = 3600)
    -> ScriptedExchange.Line
  {
    let refresh = refresh.map { #","refresh_token":"\#($0)""# } ?? ""
    return poll(
      #"{"token_type":"Bearer","access_token":"\#(access)","expires_in":\#(life)\#(refresh)}"#,
      status: 200)
  }

  private func expectPlayed(_ exchange: ScriptedExchange) {
    #expect(exchange.anomalies == [] && exchange.unmet == [] && recorder.anomalies == [])
    let told = "\(recorder.steps)"
    for secret in ["device-secret", "access-1", "access-2", "refresh-1", "refresh-2"] {
      #expect(!told.contains(secret))
    }
  }

  private func bodies(_ exchange: ScriptedExchange) -> [String] {
    exchange.requests.map { String(decoding: $0.body, as: UTF8.self) }
  }

  @Test("somebody signs in by a code; the refresh token is kept, and the code told until then")
  func signIn() async throws {
    let timer = ManualTimer(clock)
    let exchange = ScriptedExchange([
      code(), poll(Self.pending), poll(#"{"error":"slow_down"}"#),
      .failure("POST", "\(Self.base)/token", TransportError(.interrupted, "Gone.")),
      granted("access-1", refresh: "refresh-1"),
    ])
    let start = clock.now
    let proof = try await login(exchange, timer).proof(mayPrompt: true)
    #expect(proof.name == "Authorization" && proof.value.reveal() == "Bearer access-1")
    #expect(timer.waits == [.seconds(5), .seconds(5), .seconds(10), .seconds(20)])
    let prompt = SignInPrompt(
      userCode: "WDJB-MJHT", verificationURL: "https://login.example/device",
      expiresOn: start + .seconds(900))
    #expect(prompts.prompts == [prompt, nil])
    #expect(
      bodies(exchange).first
        == "client_id=app-1&scope=api%3A%2F%2Fapp-1%2Faccess_as_user%20offline_access")
    #expect(
      bodies(exchange).last
        == "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id=app-1&device_code=device-secret"
    )
    let kept = try #require(store.kept.first)
    #expect(kept.key == settings.storeName && kept.value.contains(#""refreshToken":"refresh-1""#))
    #expect(!kept.value.contains("access-1"))
    expectPlayed(exchange)
  }

  @Test(
    "the access token at hand serves until shortly before its end; then the refresh token gets another, silently"
  )
  func renewal() async throws {
    let exchange = ScriptedExchange([code(), granted("access-1", refresh: "refresh-1")])
    let login = try login(exchange)
    _ = try await login.proof(mayPrompt: true)
    clock.advance(by: .seconds(3479))
    #expect(try await login.proof(mayPrompt: false).value.reveal() == "Bearer access-1")
    clock.advance(by: .seconds(1))
    exchange.expect(granted("access-2", refresh: "refresh-2"))
    #expect(try await login.proof(mayPrompt: false).value.reveal() == "Bearer access-2")
    #expect(
      bodies(exchange).last == """
        grant_type=refresh_token&client_id=app-1&refresh_token=refresh-1&scope=api%3A%2F%2Fapp-1%2Faccess_as_user%20\
        offline_access
        """)
    // Rotated: the next renewal takes the new one.
    #expect(store.kept.values.first?.contains("refresh-2") == true)
    #expect(prompts.prompts.count == 2)
    expectPlayed(exchange)
  }

  @Test("another run of the program goes on with what is kept")
  func nextRun() async throws {
    let first = ScriptedExchange([code(), granted("access-1", refresh: "refresh-1")])
    _ = try await login(first).proof(mayPrompt: true)
    let second = ScriptedExchange([granted("access-2", refresh: nil)])
    #expect(try await login(second).proof(mayPrompt: false).value.reveal() == "Bearer access-2")
    #expect(store.kept.values.first?.contains("refresh-1") == true)
    #expect(prompts.prompts.count == 2)
    expectPlayed(second)
  }

  @Test("after a refresh token is refused, somebody is asked again, if they may be")
  func refusedRefreshToken() async throws {
    let refusal =
      #"{"error":"invalid_grant","error_description":"AADSTS700082: The refresh token has expired."}"#
    store.put(#"{"refreshToken":"refresh-1"}"#, as: settings.storeName)
    let quiet = ScriptedExchange([poll(refusal)])
    let error = await #expect(throws: ServiceError.self) {
      try await login(quiet).proof(mayPrompt: false)
    }
    #expect(error?.code == .signInNeeded)
    #expect(prompts.prompts.isEmpty)
    store.put(#"{"refreshToken":"refresh-1"}"#, as: settings.storeName)
    let loud = ScriptedExchange([poll(refusal), code(), granted("access-2", refresh: "refresh-2")])
    #expect(try await login(loud).proof(mayPrompt: true).value.reveal() == "Bearer access-2")
    #expect(store.kept.values.first?.contains("refresh-2") == true)
    expectPlayed(loud)
  }

  @Test("a refresh token that another program has rotated meanwhile is read again, not forgotten")
  func rotatedByAnother() async throws {
    store.put(#"{"refreshToken":"refresh-1"}"#, as: settings.storeName)
    let gate = Gate()
    let exchange = ScriptedExchange([
      .held(
        "POST", "\(Self.base)/token", by: gate, status: 400, body: #"{"error":"invalid_grant"}"#),
      granted("access-2", refresh: nil),
    ])
    let login = try login(exchange)
    async let proof = login.proof(mayPrompt: false)
    await gate.reached()
    store.put(#"{"refreshToken":"refresh-2"}"#, as: settings.storeName)
    gate.open()
    #expect(try await proof.value.reveal() == "Bearer access-2")
    #expect(bodies(exchange).last?.contains("refresh_token=refresh-2&") == true)
    #expect(!store.changes.contains { $0.hasPrefix("remove") })
  }

  @Test(
    "an authority that is down or broken is no reason to forget the sign-in",
    arguments: [
      ScriptedExchange.Line.failure(
        "POST", "\(base)/token", TransportError(.cannotConnect, "Nothing listens there.")),
      .answer("POST", "\(base)/token", status: 503),
      .answer("POST", "\(base)/token", status: 200, body: "<html>"),
      .answer("POST", "\(base)/token", status: 400, body: #"{"error":"invalid_client"}"#),
    ])
  func authorityDown(line: ScriptedExchange.Line) async throws {
    store.put(#"{"refreshToken":"refresh-1"}"#, as: settings.storeName)
    let exchange = ScriptedExchange([line])
    let error = await #expect(throws: ServiceError.self) {
      try await login(exchange).proof(mayPrompt: true)
    }
    #expect(error?.code != .signInNeeded)
    #expect(store.kept.count == 1 && prompts.prompts.isEmpty)
    expectPlayed(exchange)
  }

  @Test("an expired and a denied code end the sign-in, and the prompt is taken away")
  func ends() async throws {
    for (answer, words) in [
      (#"{"error":"expired_token"}"#, "The code expired"),
      (#"{"error":"access_denied"}"#, "The sign-in was denied"),
    ] {
      let exchange = ScriptedExchange([code(), poll(Self.pending), poll(answer)])
      let error = await #expect(throws: ServiceError.self) {
        try await login(exchange).proof(mayPrompt: true)
      }
      #expect(error?.code == .signInNeeded && error?.message.hasPrefix(words) == true)
      #expect(prompts.prompts.last == .some(nil) && store.kept.isEmpty)
      expectPlayed(exchange)
    }
  }

  @Test(
    "an authority that answers the wrong thing to the first question is told, and nobody is sent anywhere",
    arguments: [
      (
        400,
        #"{"error":"unauthorized_client","error_description":"AADSTS7000218: No.\r\nTrace ID: x"}"#,
        ServiceError.Code.authFailed,
        "The authority refuses the sign-in: AADSTS7000218: No. [unauthorized_client] Check the clientId"
      ),
      (404, "", .notFound, "Failed asking for a sign-in code"),
      (200, "{}", .badAnswer, "Failed asking for a sign-in code"),
      (
        200, #"{"device_code":"d","user_code":"A","verification_uri":"http://evil.example/x"}"#,
        .badAnswer, "Failed asking for a sign-in code"
      ),
      (
        200, #"{"device_code":"d","user_code":"A","verification_uri":"javascript:alert(1)"}"#,
        .badAnswer, "Failed asking for a sign-in code"
      ),
    ])
  func wrongAnswers(status: Int, body: String, code: ServiceError.Code, words: String) async throws
  {
    let exchange = ScriptedExchange([self.code(body, status: status)])
    let error = await #expect(throws: ServiceError.self) {
      try await login(exchange).proof(mayPrompt: true)
    }
    #expect(error?.code == code)
    #expect(error?.message.hasPrefix(words) == true, "\(error?.message ?? "")")
    #expect(prompts.prompts.isEmpty)
    expectPlayed(exchange)
  }

  @Test("a hostile code cannot steer the terminal")
  func hostile() async throws {
    let hostile =
      #"{"device_code":"d","user_code":"\u001b[2JAB\u0007","verification_url":"https://x.example/\u009b"}"#
    let exchange = ScriptedExchange([code(hostile), poll(#"{"error":"access_denied"}"#)])
    await #expect(throws: ServiceError.self) { try await login(exchange).proof(mayPrompt: true) }
    for prompt in prompts.prompts.compactMap(\.self) {
      for scalar in (prompt.userCode + prompt.verificationURL).unicodeScalars {
        #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value))
      }
    }
    #expect(prompts.prompts.first??.userCode == "[2JAB")
  }

  @Test("a sign-in that cannot be kept still serves, and says so")
  func notKept() async throws {
    store.makeReadOnly()
    let exchange = ScriptedExchange([code(), granted("access-1", refresh: "refresh-1")])
    _ = try await login(exchange).proof(mayPrompt: true)
    #expect(
      recorder.steps.contains {
        $0.title == "Keep the sign-in"
          && $0.outcome
            == .failed("The file /state/\(settings.storeName) cannot be written: read-only.")
      })
  }

  @Test("a refused access token is not used again; logging out forgets all")
  func refusedAndLoggedOut() async throws {
    let exchange = ScriptedExchange([
      code(), granted("access-1", refresh: "refresh-1"), granted("access-2", refresh: nil),
    ])
    let login = try login(exchange)
    let first = try await login.proof(mayPrompt: true)
    login.refused(first)
    #expect(try await login.proof(mayPrompt: false).value.reveal() == "Bearer access-2")
    #expect(try login.logOut())
    #expect(try !login.logOut())
    let error = await #expect(throws: ServiceError.self) { try await login.proof(mayPrompt: false) }
    #expect(error?.code == .signInNeeded)
    expectPlayed(exchange)
  }

  @Test("each account, application, tenant and scope has a sign-in of its own")
  func names() {
    var others: [DeviceCodeSettings] = []
    for change in 0..<5 {
      var other = settings
      switch change {
      case 0: other.authority = "https://other.example"
      case 1: other.tenant = "fabrikam"
      case 2: other.clientID = "../../app"
      case 3: other.scope = "api://other/x"
      default: other.userName = "bob"
      }
      others.append(other)
    }
    let names = (others + [settings]).map(\.storeName)
    #expect(Set(names).count == 6)
    #expect(names.allSatisfy { !$0.contains("/") && !$0.contains(".") })
  }

  @Test(
    "settings that cannot work are refused before anything is sent",
    arguments: [
      DeviceCodeSettings(authority: "nowhere", clientID: "a", scope: "s"),
      DeviceCodeSettings(authority: "https://x/?a=b", clientID: "a", scope: "s"),
      DeviceCodeSettings(clientID: "", scope: "s"), DeviceCodeSettings(clientID: "a", scope: ""),
    ])
  func badSettings(settings: DeviceCodeSettings) {
    let error = #expect(throws: ServiceError.self) { try DeviceCodeRequests(settings) }
    #expect(error?.code == .badSettings)
  }
}
