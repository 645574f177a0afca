import ACSAuth
import ACSClient
import ACSTypes
import Services
import TestKit
import Testing

/// A user with a token service and an endpoint, both on scripts.
struct SignedIn {
  static let endpoint = "https://contoso.example.com"
  static let tokenURL = "http://127.0.0.1:7760/token?user=Alice&scope=chat,voip"

  let clock = ManualClock()
  let recorder = StepRecorder()
  let tokens: ScriptedExchange
  let service: ScriptedExchange
  let credential: UserTokenCredential
  let exchange: AuthorisedExchange

  /// The token service gives `marks`' tokens in turn; the endpoint does as `lines` say.
  init(tokens marks: [String] = ["a"], _ lines: [ScriptedExchange.Line]) throws {
    let start = clock.now
    tokens = ScriptedExchange(
      marks.map { mark in
        let text = SignedIn.token(mark, from: start)
        return .answer("GET", SignedIn.tokenURL, body: #"{"token":"\#(text)"}"#)
      })
    service = ScriptedExchange(lines)
    let flow = TokenFlow(observer: recorder, clock: clock)
    credential = UserTokenCredential(
      source: try TokenServiceClient(
        settings: TokenServiceSettings(url: "http://127.0.0.1:7760/token", userName: "Alice"),
        exchange: tokens, flow: flow),
      displayName: "Alice", clock: clock, random: SeededRandom(seed: 1), flow: flow)
    exchange = AuthorisedExchange(
      exchange: service, credential: credential, clock: clock, flow: flow)
  }

  var chat: ChatClient { ChatClient(endpoint: "\(SignedIn.endpoint)/", exchange: exchange) }

  static func token(_ mark: String, from start: Timestamp) -> String {
    UnsignedToken(expiresOn: start + .seconds(3600), mark: mark).text
  }

  /// The `Authorization` fields that the endpoint saw, by the marks of their tokens.
  func authorisations(_ marks: String...) -> [String?] {
    marks.map { "Bearer \(SignedIn.token($0, from: Timestamp(milliseconds: 1_795_228_197_000)))" }
  }

  /// Everything on the scripts came, nothing else, and the steps make sense.
  func expectPlayed(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(tokens.anomalies + service.anomalies == [], sourceLocation: sourceLocation)
    #expect(tokens.unmet + service.unmet == [], sourceLocation: sourceLocation)
    #expect(recorder.anomalies == [], sourceLocation: sourceLocation)
  }
}

extension ScriptedExchange.Line {
  /// A line of the Chat service; `path` is without the version.
  static func chat(
    _ method: String, _ path: String, status: Int = 200, headers: HTTPHeaders = [:],
    body: String = ""
  ) -> Self {
    let mark = path.contains("?") ? "&" : "?"
    return .answer(
      method, "\(SignedIn.endpoint)/chat/threads\(path)\(mark)api-version=2024-03-07",
      status: status, headers: headers, body: body)
  }
}
