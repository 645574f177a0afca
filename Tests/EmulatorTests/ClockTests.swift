import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

struct ClockTests {
  let bench: Bench
  let requests = IdentityRequests(endpoint: Bench.origin)

  init() throws { bench = try Bench() }

  func set(_ json: JSONValue, expecting status: Int = 200) -> JSONValue {
    let answer = bench.administer("POST", "/clock", json)
    #expect(answer.status == status, "\(answer.text)")
    return (try? JSONValue.parse(answer.body)) ?? .null
  }

  @Test("a user access token expires when time is let pass, and a new one is good")
  func expiry() throws {
    let user = try bench.user()
    let thread = try bench.thread(user)
    #expect(bench.send(bench.chat.messages(in: thread), as: user).status == 200)
    _ = set(["advanceMilliseconds": .integer(86_400_000)])
    let late = bench.send(bench.chat.messages(in: thread), as: user)
    #expect(late.status == 401)
    #expect(late.headers["X-Confab-Why"]?.contains("expired") == true)
    // Signatures are dated by the time outside, so that a token can still be fetched.
    let fresh = try bench.renewed(user)
    #expect(bench.send(bench.chat.messages(in: thread), as: fresh).status == 200)
  }

  @Test("a frozen clock gives the same time until it is thawed, and goes on from there")
  func frozen() throws {
    let before = set(["frozen": true])["now"]?.string
    bench.clock.advance(by: .seconds(600))
    let still = bench.administer("GET", "/clock")
    #expect(try JSONValue.parse(still.body)["now"]?.string == before)
    #expect(try JSONValue.parse(still.body)["aheadMilliseconds"]?.integer == -600_000)
    let thawed = set(["frozen": false])
    #expect(thawed["now"]?.string == before)
    bench.clock.advance(by: .seconds(1))
    let after = bench.emulator.time(at: bench.clock.now)
    #expect(after == bench.clock.now - .seconds(600))
  }

  @Test("time can be let pass while the clock is frozen")
  func advancedWhileFrozen() {
    let start = bench.emulator.time(at: bench.clock.now)
    _ = set(["frozen": true])
    _ = set(["advanceMilliseconds": .integer(5000)])
    bench.clock.advance(by: .seconds(60))
    #expect(bench.emulator.time(at: bench.clock.now) == start + .seconds(5))
  }

  @Test("a clock that is wrong refuses signatures", arguments: [-600_000, 600_000] as [Int64])
  func skewed(milliseconds: Int64) throws {
    _ = set(["skewMilliseconds": .integer(milliseconds)])
    let refused = bench.signed(requests.create())
    #expect(refused.status == 401)
    _ = set(["skewMilliseconds": .integer(0)])
    #expect(bench.signed(requests.create()).status == 201)
  }

  @Test(
    "what cannot be done to a clock is refused by name",
    arguments: [
      ("{}", "One of"), (#"{"advanceMilliseconds":-1}"#, "advanceMilliseconds"),
      (#"{"advanceMilliseconds":"1h"}"#, "advanceMilliseconds"),
      (#"{"advanceMilliseconds":9000000000000}"#, "advanceMilliseconds"),
      (#"{"frozen":1}"#, "frozen"), (#"{"skewMilliseconds":0.5}"#, "skewMilliseconds"),
    ])
  func refusals(body: String, word: String) throws {
    let before = bench.emulator.time(at: bench.clock.now)
    let answer = bench.administer("POST", "/clock", text: body)
    #expect(answer.status == 400)
    #expect(answer.headers["X-Confab-Why"]?.contains(word) == true)
    #expect(bench.emulator.time(at: bench.clock.now) == before)
  }

  @Test("while the clock is wrong, answers are dated by it")
  func date() {
    #expect(bench.send(bench.request("GET", "/")).headers["Date"] == nil)
    _ = set(["skewMilliseconds": 3_600_000])
    #expect(
      bench.send(bench.request("GET", "/")).headers["Date"] == "Sat, 21 Nov 2026 03:29:57 GMT")
  }

  @Test("while its clock is set, Chat dates its answers as it dates its messages")
  func chatDate() {
    _ = set(["advanceMilliseconds": 172_800_000])
    let answer = bench.send(bench.request("GET", "/chat/threads?api-version=2024-03-07"))
    #expect(answer.headers["Date"] == "Mon, 23 Nov 2026 02:29:57 GMT")
    #expect(bench.send(bench.request("GET", "/")).headers["Date"] == nil)
  }

  @Test("the clock is set as it was after a restart")
  func restart() throws {
    try StoreTests().withFolder { folder in
      let path = "\(folder)/emulator.sqlite"
      do {
        let bench = try Bench(path: path)
        _ = bench.administer(
          "POST", "/clock", ["advanceMilliseconds": 5000, "skewMilliseconds": -1000])
      }
      let bench = try Bench(path: path, seed: 2)
      #expect(bench.emulator.time(at: bench.clock.now) == bench.clock.now + .seconds(4))
    }
  }

  @Test("a client's socket outlives time that passes at once, and beats while the clock is frozen")
  func sockets() throws {
    let client = try bench.listener(try bench.user())
    _ = set(["advanceMilliseconds": 600_000])
    bench.wait(.zero)
    #expect(!client.inbox.isClosed)
    _ = set(["frozen": true])
    for _ in 1...6 { bench.wait(.seconds(5)) }
    #expect(client.inbox.fresh.contains("2::"))
    #expect(!client.inbox.isClosed)
    for _ in 1...15 { bench.wait(.seconds(5)) }
    #expect(client.inbox.isClosed, "a silent client is dropped after 70 s outside")
  }

  @Test("what is due at the emulator's time is due at the right moment outside")
  func deadline() throws {
    _ = try bench.listener(try bench.user())
    let before = try #require(bench.emulator.nextDeadline)
    _ = set(["advanceMilliseconds": 3_600_000])
    bench.wait(.zero)
    let after = try #require(bench.emulator.nextDeadline)
    #expect(after > bench.clock.now && after - before < .seconds(30))
    _ = set(["frozen": true])
    bench.wait(.zero)
    #expect(bench.emulator.nextDeadline == bench.clock.now + .seconds(5))
  }
}
