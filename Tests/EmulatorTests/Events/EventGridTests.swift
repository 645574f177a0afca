import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

struct EventGridTests {
  static let url = "http://127.0.0.1:9/events"

  let bench: Bench

  init() throws {
    bench = try Bench()
  }

  /// Asks the administration interface.
  func ask(
    _ method: String, _ target: String, _ body: JSONValue? = nil, host: String = "127.0.0.1:7753"
  ) -> HTTPResponse {
    bench.emulator.administer(
      HTTPRequest(
        method: method, origin: "http://127.0.0.1:7753", target: target, headers: ["Host": host],
        body: body?.bytes ?? []), now: bench.clock.now
    ).response
  }

  @Test("a page of the web cannot use the administration")
  func pages() {
    for (name, value) in [("Origin", "https://evil.example"), ("Host", "evil.example:7753")] {
      let response = bench.emulator.administer(
        HTTPRequest(
          method: "GET", origin: "http://127.0.0.1:7753", target: "/subscriptions",
          headers: HTTPHeaders(dictionaryLiteral: (name, value))), now: bench.clock.now
      ).response
      #expect(response.status == 403, "\(name)")
    }
  }

  @Test("a web hook is listed, validated and removed")
  func lifetime() throws {
    let added = ask("POST", "/subscriptions", ["url": .string(EventGridTests.url)])
    #expect(added.status == 201)
    let id = try #require(try JSONValue.parse(added.body)["id"]?.string)
    #expect(ask("POST", "/subscriptions", ["url": .string(EventGridTests.url)]).body == added.body)

    let delivery = try #require(bench.emulator.validation(of: id, now: bench.clock.now))
    #expect(delivery.url == EventGridTests.url)
    #expect(delivery.headers["aeg-event-type"] == "SubscriptionValidation")
    let event = try #require(try [EventGridEvent](bytes: delivery.body).first)
    guard case .subscriptionValidation(let data) = event.content else {
      Issue.record("no validation")
      return
    }
    let wrong = HTTPResponse(status: 200, body: Array(#"{"validationResponse":"x"}"#.utf8))
    #expect(!bench.emulator.validated(id, by: wrong, now: bench.clock.now))
    let (absent, right) = (
      HTTPResponse(status: 404, body: data.answer.bytes),
      HTTPResponse(status: 200, body: data.answer.bytes)
    )
    #expect(!bench.emulator.validated(id, by: absent, now: bench.clock.now))
    #expect(bench.emulator.validated(id, by: right, now: bench.clock.now))
    #expect(bench.emulator.validation(of: id, now: bench.clock.now) == nil)
    let list = try JSONValue.parse(ask("GET", "/subscriptions").body)
    #expect(
      list == [
        "value": [
          [
            "id": .string(id), "url": .string(EventGridTests.url), "validated": true,
            "provisioningState": "Succeeded", "maxDeliveryAttempts": 30,
            "eventTimeToLiveInMinutes": 1440,
          ]
        ]
      ])
    #expect(ask("DELETE", "/subscriptions/\(id)").status == 204)
    #expect(ask("DELETE", "/subscriptions/\(id)").status == 404)
    #expect(bench.emulator.subscriptions.isEmpty)
  }

  @Test(
    "only names of this machine are served",
    arguments: [
      ("127.0.0.1", 200), ("localhost:7753", 200), ("[::1]:7753", 200), ("LOCALHOST", 200),
      ("evil.example", 403), ("127.0.0.1.evil.example", 403), ("localhost:7753.evil", 403),
      ("", 403),
    ])
  func hosts(host: String, status: Int) {
    #expect(ask("GET", "/subscriptions", host: host).status == status)
  }

  @Test("what is no address is refused", arguments: ["ftp://x", "http://", "http://a b", "x"])
  func badURLs(url: String) {
    #expect(ask("POST", "/subscriptions", ["url": .string(url)]).status == 400)
    #expect(throws: (any Error).self) { try bench.emulator.subscribe(to: url) }
    #expect(bench.emulator.subscriptions.isEmpty)
  }

  @Test("bad requests are told why")
  func badRequests() {
    #expect(ask("POST", "/subscriptions", [:]).status == 400)
    #expect(ask("GET", "/nonsense").status == 404)
    #expect(ask("GET", "/nonsense").headers["X-Confab-Why"]?.isEmpty == false)
    #expect(ask("GET", "/").status == 200)
  }
}
