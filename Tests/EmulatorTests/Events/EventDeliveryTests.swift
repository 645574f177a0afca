import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

@Suite("The delivery of Event Grid's events")
struct EventDeliveryTests {
  static let url = "http://127.0.0.1:9/events"

  /// An emulator that told one event, which nobody took yet.
  private func bench(
    _ options: JSONObject = [:], path: String? = nil
  ) throws -> Bench {
    let bench = try Bench(path: path)
    var body: JSONObject = [
      "url": .string(EventDeliveryTests.url),
      "includedEventTypes": ["Microsoft.Communication.SMSReceived"],
    ]
    for member in options.members { body[member.name] = member.value }
    #expect(bench.administer("POST", "/subscriptions", .object(body)).status == 201)
    let subscription = try #require(bench.emulator.subscriptions.first)
    let answer: JSONValue = ["validationResponse": .string(subscription.validationCode)]
    #expect(
      bench.emulator.validated(
        subscription.id, by: HTTPResponse(status: 200, body: answer.bytes), now: bench.clock.now))
    receive(bench)
    return bench
  }

  private func receive(_ bench: Bench, _ text: String = "Hello") {
    let response = bench.administer(
      "POST", "/sms/incoming", ["from": "+14255550123", "message": .string(text)])
    #expect(response.status == 201)
  }

  private func list(_ bench: Bench, dead: Bool = false) throws -> [JSONValue] {
    let answer = bench.administer("GET", dead ? "/events/dead" : "/events")
    return try JSONValue.parse(answer.body)["value"]?.array ?? []
  }

  @Test("tries come after 10 s, 30 s, 1 min, 5 min, … and at most as often and as long as wanted")
  func schedule() throws {
    let bench = try bench()
    let begin = bench.clock.now
    var tries: [Int64] = []
    for _ in 0..<40 {
      if !bench.eventPosts(500).isEmpty {
        tries.append((bench.clock.now - begin).components.seconds)
      }
      guard let next = bench.emulator.nextDeadline else { break }
      bench.clock.advance(by: next - bench.clock.now)
    }
    #expect(
      tries == [0, 10, 40, 100, 400, 1000, 2800, 6400, 17_200, 38_800, 82_000])
    let dead = try #require(try list(bench, dead: true).first)
    #expect(dead["deadLetterReason"] == "TimeToLiveExceeded")
    #expect(dead["deliveryAttempts"] == 11)
    #expect(dead["lastDeliveryOutcome"] == "500")
    #expect(try list(bench).isEmpty)
  }

  @Test(
    "some answers are final, and some ask for more patience",
    arguments: [
      (200, nil, nil), (204, nil, nil), (400, nil, "Undeliverable"), (401, nil, "Undeliverable"),
      (403, nil, "Undeliverable"), (413, nil, "Undeliverable"), (404, 10, nil), (429, 10, nil),
      (500, 10, nil), (503, 30, nil), (408, 120, nil), (nil, 10, nil), (302, 10, nil),
    ] as [(Int?, Int64?, String?)])
  func answers(status: Int?, pause: Int64?, death: String?) throws {
    let bench = try bench()
    #expect(bench.eventPosts(status).count == 1)
    let next = bench.emulator.nextDeadline.map { ($0 - bench.clock.now).components.seconds }
    #expect(next == pause)
    #expect(try list(bench, dead: true).first?["deadLetterReason"]?.string == death)
    #expect(try list(bench).count == (pause == nil ? 0 : 1))
  }

  @Test("an event that was tried often enough is given up, and can be tried anew")
  func attempts() throws {
    let bench = try bench(["maxDeliveryAttempts": 2])
    #expect(bench.eventPosts(nil).count == 1)
    #expect(bench.eventPosts(nil).isEmpty)
    bench.clock.advance(by: .seconds(10))
    let second = bench.eventPosts(nil)
    #expect(second.map { $0.headers["aeg-delivery-count"] } == ["1"])
    let dead = try #require(try list(bench, dead: true).first)
    #expect(dead["deadLetterReason"] == "MaxDeliveryAttemptsExceeded")
    #expect(dead["lastDeliveryOutcome"] == "NoAnswer")
    #expect(dead["event"]?["data"]?["message"] == "Hello")
    let id = try #require(dead["id"]?.string)
    #expect(bench.administer("POST", "/events/dead/e999/retry").status == 404)
    #expect(bench.administer("POST", "/events/dead/x/retry").status == 404)
    let answer = bench.administer("POST", "/events/dead/\(id)/retry")
    #expect(answer.text == #"{"retried":1}"#)
    #expect(try list(bench, dead: true).isEmpty)
    #expect(bench.eventPosts(200).map(\.body) == second.map(\.body))
    #expect(try list(bench).isEmpty)
  }

  @Test("a short life ends at its time")
  func age() throws {
    let bench = try bench(["eventTimeToLiveInMinutes": 1])
    #expect(bench.eventPosts(500).count == 1)
    bench.clock.advance(by: .seconds(10))
    #expect(bench.eventPosts(500).count == 1)
    bench.clock.advance(by: .seconds(30))
    #expect(bench.eventPosts(500).count == 1)
    bench.clock.advance(by: .seconds(20))
    #expect(bench.eventPosts(500).isEmpty)
    #expect(try list(bench, dead: true).first?["deadLetterReason"] == "TimeToLiveExceeded")
    #expect(bench.administer("DELETE", "/events/dead").status == 204)
    #expect(try list(bench, dead: true).isEmpty)
  }

  @Test("events are posted in their order, and one that failed holds up no other")
  func order() throws {
    let bench = try bench()
    #expect(bench.eventPosts(500).count == 1)
    receive(bench, "second")
    receive(bench, "third")
    let texts = try bench.gridEvents().map { $0["data"]?["message"]?.string }
    #expect(texts == ["second", "third"])
    bench.clock.advance(by: .seconds(10))
    #expect(try bench.gridEvents().map { $0["data"]?["message"]?.string } == ["Hello"])
  }

  @Test("while events are posted to a web hook, none is given out twice")
  func busy() throws {
    let bench = try bench()
    let first = bench.emulator.dueEvents(now: bench.clock.now)
    #expect(first.count == 1)
    receive(bench)
    #expect(bench.emulator.dueEvents(now: bench.clock.now).isEmpty)
    #expect(bench.emulator.nextDeadline == nil, "nobody is woken in vain")
    bench.emulator.eventPosted(first[0][0].id, status: 200, now: bench.clock.now)
    bench.emulator.eventsReleased(for: EventDeliveryTests.url)
    #expect(bench.emulator.dueEvents(now: bench.clock.now).first?.count == 1)
  }

  /// Forgets everything but has the same web hook, for which an event waits.
  private func resetWithEvent(_ bench: Bench) throws {
    #expect(bench.administer("POST", "/reset").status == 204)
    try bench.subscribe(EventDeliveryTests.url)
    receive(bench, "new")
    #expect(try list(bench).count == 1)
  }

  @Test("what came of a post from before a reset is not taken for another event's")
  func postedBeforeReset() throws {
    let bench = try bench()
    let old = try #require(bench.emulator.dueEvents(now: bench.clock.now).first?.first)
    try resetWithEvent(bench)
    bench.emulator.eventPosted(old.id, status: 200, now: bench.clock.now)
    bench.emulator.eventsReleased(for: EventDeliveryTests.url)
    #expect(try list(bench).first?["event"]?["data"]?["message"] == "new")
    #expect(try bench.gridEvents().map { $0["data"]?["message"]?.string } == ["new"])
  }

  @Test("while a post from before a reset is under way, its web hook gets no other")
  func busyOverReset() throws {
    let bench = try bench()
    #expect(bench.emulator.dueEvents(now: bench.clock.now).count == 1)
    try resetWithEvent(bench)
    #expect(bench.emulator.dueEvents(now: bench.clock.now).isEmpty)
    bench.emulator.eventsReleased(for: EventDeliveryTests.url)
    #expect(try bench.gridEvents().map { $0["data"]?["message"]?.string } == ["new"])
  }

  @Test("subscribing again takes the new options, also over a restart")
  func otherOptions() throws {
    try StoreTests().withFolder { folder in
      let path = "\(folder)/emulator.sqlite"
      func options(_ bench: Bench) throws -> [JSONValue?] {
        let answer = try JSONValue.parse(bench.administer("GET", "/subscriptions").body)["value"]
        #expect(answer?.array?.count == 1)
        return ["maxDeliveryAttempts", "eventTimeToLiveInMinutes", "includedEventTypes"].map {
          answer?[0]?[$0]
        }
      }
      do {
        let bench = try bench(["maxDeliveryAttempts": 2], path: path)
        let again: JSONValue = [
          "url": .string(EventDeliveryTests.url), "eventTimeToLiveInMinutes": 7,
        ]
        let answer = bench.administer("POST", "/subscriptions", again)
        #expect(answer.status == 201)
        let told = try JSONValue.parse(answer.body)
        #expect(told["eventTimeToLiveInMinutes"] == 7)
        #expect(told["validated"] == true, "it proved itself before")
        #expect(try options(bench) == [30, 7, nil])
        // The command line names an address only.
        _ = try bench.emulator.subscribe(to: EventDeliveryTests.url)
        #expect(try options(bench) == [30, 7, nil])
      }
      #expect(try options(Bench(path: path, seed: 2)) == [30, 7, nil])
    }
  }

  @Test("a web hook that is removed gets nothing more")
  func removed() throws {
    let bench = try bench()
    let id = try #require(bench.emulator.subscriptions.first).id
    #expect(bench.administer("DELETE", "/subscriptions/\(id)").status == 204)
    #expect(bench.eventPosts().isEmpty)
    #expect(try list(bench).isEmpty)
  }

  @Test(
    "a web hook with impossible wishes is refused",
    arguments: [
      #""maxDeliveryAttempts":0"#, #""maxDeliveryAttempts":31"#, #""eventTimeToLiveInMinutes":0"#,
      #""eventTimeToLiveInMinutes":1441"#, #""includedEventTypes":[]"#,
      #""includedEventTypes":[1]"#, #""includedEventTypes":"x""#,
    ])
  func wishes(member: String) throws {
    let bench = try Bench()
    let body = try JSONValue.parse(Array("{\"url\":\"http://127.0.0.1:9/\",\(member)}".utf8))
    #expect(bench.administer("POST", "/subscriptions", body).status == 400)
    #expect(bench.emulator.subscriptions.isEmpty)
  }
}

@Suite("Web hooks that are confirmed by hand")
struct ManualValidationTests {
  private func target(_ bench: Bench) throws -> (id: String, target: String) {
    bench.emulator.isReached(at: Bench.origin, inClear: "http://127.0.0.1:7750")
    let subscription = try bench.emulator.subscribe(to: "http://127.0.0.1:9/events")
    let delivery = try #require(
      bench.emulator.validation(of: subscription.id, now: bench.clock.now))
    let data = try #require(try JSONValue.parse(delivery.body)[0]?["data"])
    let url = try #require(data["validationUrl"]?.string)
    #expect(url.hasPrefix("http://127.0.0.1:7750/"))
    return (subscription.id, String(url.dropFirst("http://127.0.0.1:7750".count)))
  }

  private func state(_ bench: Bench) throws -> String? {
    try JSONValue.parse(bench.administer("GET", "/subscriptions").body)["value"]?[0]?[
      "provisioningState"]?.string
  }

  private func open(_ bench: Bench, _ target: String) -> HTTPResponse {
    bench.send(bench.request("GET", target, version: nil))
  }

  @Test("opening the validation's address confirms, within ten minutes")
  func confirmed() throws {
    let bench = try Bench()
    let (id, target) = try target(bench)
    #expect(try state(bench) == "Creating")
    #expect(
      !bench.emulator.validated(id, by: HTTPResponse(status: 200), now: bench.clock.now))
    #expect(try state(bench) == "AwaitingManualAction")
    #expect(bench.emulator.validation(of: id, now: bench.clock.now) == nil)
    #expect(open(bench, target + "x").status == 404)
    bench.clock.advance(by: .seconds(599))
    #expect(open(bench, target).status == 200)
    #expect(try state(bench) == "Succeeded")
  }

  @Test("later it is gone, and the web hook has to be registered again")
  func expired() throws {
    let bench = try Bench()
    let (id, target) = try target(bench)
    _ = bench.emulator.validated(id, by: HTTPResponse(status: 200), now: bench.clock.now)
    bench.clock.advance(by: .seconds(600))
    #expect(open(bench, target).status == 410)
    #expect(try state(bench) == "Failed")
    let again = bench.administer("POST", "/subscriptions", ["url": "http://127.0.0.1:9/events"])
    #expect(try JSONValue.parse(again.body)["provisioningState"] == "Creating")
    #expect(open(bench, target).status == 404, "the address of the first time")
    #expect(bench.emulator.validation(of: id, now: bench.clock.now) != nil)
  }
}
