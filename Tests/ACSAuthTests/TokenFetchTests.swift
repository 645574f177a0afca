import ACSAuth
import ACSTypes
import ACSWire
import Services
import Synchronization
import TestKit
import Testing

@Suite("TokenFetch")
struct TokenFetchTests {
  static let target = "http://127.0.0.1:7760/token?user=Alice&scope=chat,voip"

  let clock = ManualClock()

  private func fetch(_ lines: [ScriptedExchange.Line], url: String = "http://127.0.0.1:7760/token")
    async -> TokenReport
  {
    let exchange = ScriptedExchange(lines)
    return await TokenFetch(clock: clock, random: SeededRandom(seed: 3)) { flow in
      try TokenServiceClient(
        settings: TokenServiceSettings(url: url, userName: "Alice"), exchange: exchange, flow: flow)
    }.run()
  }

  private func token(life: Duration) -> String {
    UnsignedToken(issuedOn: clock.now, expiresOn: clock.now + life).text
  }

  @Test("the whole way in plain words")
  func good() async throws {
    let token = token(life: .seconds(86_400))
    let report = await fetch([.answer("GET", Self.target, body: #"{"token":"\#(token)"}"#)])
    #expect(report.outcome == .usable)
    let renewal = try #require(report.renewOn) - clock.now
    #expect(
      report.steps.flatMap(TokenReport.lines) == [
        "GET http://127.0.0.1:7760/token",
        "  user           Alice",
        "  scope          chat,voip",
        "  status 200, took 0 ms",
        "Read the answer, \(token.count + 12) bytes",
        "  token          \(token.count) characters",
        "  expires        2026-11-22T02:29:57Z",
        "  user           8:acs:5d1c_alice",
        "Read the token's claims",
        "  identity       8:acs:5d1c_alice",
        "  scopes         chat, voip",
        "  issued         2026-11-21T02:29:57Z",
        "  lifetime       1 d",
        "  expires        2026-11-22T02:29:57Z, in 1 d",
        "  renewal        in \(renewal.words)",
      ])
    #expect(
      report.summary
        == "The token of 8:acs:5d1c_alice is good for 1 d; a client renews it in \(renewal.words).")
  }

  @Test("for programs, with the token only when asked")
  func json() async throws {
    let token = token(life: .seconds(3600))
    let report = await fetch([.answer("GET", Self.target, body: #"{"token":"\#(token)"}"#)])
    let hidden = report.json(showingToken: false)
    #expect(!hidden.text.contains(token))
    #expect(hidden["identity"] == "8:acs:5d1c_alice")
    #expect(hidden["lifeLeftSeconds"] == 3600)
    #expect(hidden["isExpired"] == false)
    #expect(hidden["error"] == nil)
    let first = try #require(hidden["steps"]?[0])
    #expect(
      first == [
        "kind": "request", "title": "GET http://127.0.0.1:7760/token", "status": 200,
        "startedOn": "2026-11-21T02:29:57.000Z", "tookMilliseconds": 0,
        "details": ["user  Alice", "scope  chat,voip"], "succeeded": true,
      ])
    #expect(report.json(showingToken: true)["token"] == .string(token))
  }

  @Test("an expired token is said to be so")
  func expired() async {
    let token = token(life: .seconds(-7200))
    let report = await fetch([.answer("GET", Self.target, body: #"{"token":"\#(token)"}"#)])
    #expect(report.outcome == .expired)
    #expect(
      report.summary == """
        The token expired 2 h ago. Check this computer's clock and whether the token service keeps old tokens.
        """)
    #expect(report.steps.last?.outcome == .failed("The token has expired."))
    #expect(report.steps.last.map(TokenReport.lines)?.last == "  failed")
    #expect(report.json(showingToken: false)["isExpired"] == true)
  }

  @Test(
    "what came of it tells a program how to end",
    arguments: [
      (ScriptedExchange.Line.answer("GET", target, status: 401), TokenReport.Outcome.notPermitted),
      (.answer("GET", target, status: 403), .notPermitted),
      (.answer("GET", target, status: 404), .unavailable),
      (.answer("GET", target, status: 500), .unavailable),
      (.answer("GET", target, status: 302), .badAnswer),
      (.answer("GET", target, body: "<html>"), .badAnswer),
      (.failure("GET", target, TransportError(.timedOut, "It took too long.")), .unavailable),
    ])
  func outcomes(line: ScriptedExchange.Line, outcome: TokenReport.Outcome) async {
    let report = await fetch([line])
    #expect(report.outcome == outcome)
    #expect(report.steps.last?.outcome == .failed(report.summary))
    #expect(report.json(showingToken: true)["error"]?["message"] == .string(report.summary))
    #expect(report.json(showingToken: true)["token"] == nil)
  }

  @Test("settings that cannot work take no step")
  func badSettings() async {
    let report = await fetch([], url: "nowhere")
    #expect(report.outcome == .badSettings)
    #expect(report.steps.isEmpty)
  }
}
