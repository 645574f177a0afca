import ACSTypes
import ACSWire
import ServiceAuth
import TestKit
import Testing

@testable import Emulator

@Suite("Faults of real-time events")
struct RealTimeFaultTests {
  let bench: Bench
  let alice: User
  let bob: User
  let thread: ChatThreadID

  init() throws {
    bench = try Bench()
    alice = try bench.user()
    bob = try bench.user()
    thread = try bench.thread(alice, bob)
  }

  private func bodies(_ client: EventClient) throws -> [String] {
    try client.events().compactMap { $0["messageBody"]?.string }
  }

  @Test("a dropped event is told as a loss, a lost one is not")
  func lost() throws {
    let client = try bench.listener(bob)
    try bench.fault(.drop)
    try bench.say("1", as: alice, in: thread)
    let texts = client.inbox.fresh
    #expect(texts.count == 1)
    #expect(texts.first?.contains("trouter.message_loss") == true)
    try bench.fault(.lose, ["event": 200, "user": .string(bob.id.rawID)])
    try bench.say("2", as: alice, in: thread)
    #expect(client.inbox.fresh == [])
    try bench.say("3", as: alice, in: thread)
    #expect(try bodies(client) == ["3"])
  }

  @Test("events come twice, in another order, and late")
  func order() throws {
    let client = try bench.listener(bob)
    try bench.fault(.duplicate)
    try bench.say("3", as: alice, in: thread)
    #expect(try bodies(client) == ["3", "3"])
    try bench.fault(.reorder)
    try bench.say("4", as: alice, in: thread)
    try bench.say("5", as: alice, in: thread)
    #expect(try bodies(client) == ["5", "4"])
    try bench.fault(.late, ["milliseconds": 3000])
    try bench.say("6", as: alice, in: thread)
    try bench.say("7", as: alice, in: thread)
    #expect(try bodies(client) == ["7"])
    bench.wait(.seconds(4))
    #expect(try bodies(client) == ["6"])
    try bench.fault(.reorder)
    try bench.say("8", as: alice, in: thread)
    #expect(try bodies(client) == [])
    bench.wait(.seconds(3))
    #expect(try bodies(client) == ["8"])
  }

  @Test("an event comes again with other words under the same id and version")
  func alteredDuplicate() throws {
    let client = try bench.listener(bob)
    try bench.fault(.alteredDuplicate)
    try bench.say("3", as: alice, in: thread)
    let events = try client.events()
    #expect(events.map { $0["messageBody"]?.string } == ["3", "3 (again)"])
    for name in ["messageId", "version", "senderId"] {
      #expect(events[0][name]?.string != nil)
      #expect(events[0][name] == events[1][name])
    }
    #expect(events[0]["senderDisplayName"] != events[1]["senderDisplayName"])
  }

  @Test("an unknown event comes before its turn")
  func unknown() throws {
    let client = try bench.listener(bob)
    try bench.fault(.unknownEvent)
    try bench.say("8", as: alice, in: thread)
    #expect(try client.eventIDs() == [999, 200])
  }

  @Test("a filter by number or somebody lets other events through")
  func filters() throws {
    let clients = [try bench.listener(alice), try bench.listener(bob)]
    try bench.fault(.lose, ["event": 248, "next": 5])
    try bench.fault(.lose, ["user": .string(bob.id.rawID)])
    try bench.say("1", as: alice, in: thread)
    #expect(try bodies(clients[0]) == ["1"])
    #expect(try bodies(clients[1]) == [])
  }

  @Test("nobody's time of sharing is told, and times have seven digits")
  func payloads() throws {
    let client = try bench.listener(bob)
    try bench.fault(.fineTimes)
    try bench.say("1", as: alice, in: thread)
    let time = try #require(client.events().first?["originalArrivalTime"]?.string)
    #expect(time.split(separator: ".")[1].count == 8)
    try bench.fault(.nullShareHistoryTime)
    bench.send(bench.chat.removeParticipant(bob.id, from: thread), as: alice)
    let removed = try JSONValue.parse(
      try #require(client.events().first?["participantsRemoved"]?.string))
    #expect(removed[0]?["shareHistoryTime"] == .null)
  }

  @Test("a body stands in Base64, in one of three forms")
  func bodyForms() throws {
    let client = try bench.listener(bob)
    for kind in [FaultKind.gzipBody, .cpBody, .gpBody] {
      try bench.fault(kind)
      try bench.say("ahoy", as: alice, in: thread)
      let request = try #require(client.requests().first)
      let encoding = request.headers["X-Microsoft-Skype-Content-Encoding"]
      #expect((encoding == "gzip") == (kind == .gzipBody))
      let text =
        switch kind {
        case .gzipBody: request.body
        case .cpBody: try JSONValue.parse(request.body)["cp"]?.string ?? ""
        default: try JSONValue.parse(request.body)["gp"]?.string ?? ""
        }
      let bytes = try #require([UInt8](base64: text))
      if kind != .gpBody { #expect(bytes.prefix(3) == [0x1F, 0x8B, 8]) }
      #expect(String(decoding: bytes, as: UTF8.self).contains(#""messageBody":"ahoy""#))
    }
  }

  @Test("gzip's form is the one that zlib writes without compression")
  func gzip() {
    // As `printf a | gzip -0` by zlib, but for the time and the system.
    #expect(
      GZip.stored([0x61]) == [
        0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 1, 0, 0xFE, 0xFF, 0x61, 0x43, 0xBE, 0xB7, 0xE8, 1,
        0, 0, 0,
      ])
    #expect(GZip.stored([UInt8](repeating: 0, count: 70_000)).count == 70_000 + 10 + 8 + 10)
    #expect(GZip.stored([]).count == 10 + 8 + 5)
  }

  @Test("registrations are refused, and expire at once")
  func registrations() throws {
    let client = try bench.listener(bob)
    try bench.fault(.refuseRegistration, ["status": 401])
    #expect(try client.register().status == 401)
    #expect(try client.register().status == 202)
    try bench.fault(.expireRegistrations)
    try bench.say("1", as: alice, in: thread)
    #expect(try bodies(client) == [])
    #expect(try client.register().status == 202)
    try bench.say("2", as: alice, in: thread)
    #expect(try bodies(client) == ["2"])
  }

  @Test("a cut is no close; a client that comes back gets what waited")
  func cut() throws {
    let client = try bench.listener(bob)
    let other = try bench.listener(alice)
    try bench.fault(.cut, ["user": .string(bob.id.rawID)])
    #expect(client.inbox.isDropped)
    #expect(!client.inbox.isClosed)
    #expect(!other.inbox.isDropped)
    try bench.say("1", as: alice, in: thread)
    try client.connect(again: true)
    #expect(try bodies(client) == ["1"])
    try bench.fault(.disconnect)
    #expect(client.inbox.isClosed)
    #expect(!client.inbox.isDropped)
  }

  @Test("over a gap events are lost, and the client is told when it is back")
  func gap() throws {
    let client = try bench.listener(bob)
    try bench.fault(.gap)
    #expect(client.inbox.isDropped)
    try bench.say("1", as: alice, in: thread)
    try client.connect(again: true)
    let texts = client.inbox.fresh
    #expect(texts.contains { $0.contains("trouter.message_loss") })
    #expect(!texts.contains { $0.contains("messageBody") })
    try bench.say("2", as: alice, in: thread)
    #expect(try bodies(client) == ["2"])
  }

  @Test("heartbeats stop while events go on; a stalled socket says nothing at all")
  func silence() throws {
    let client = try bench.listener(bob)
    try bench.fault(.stopHeartbeats)
    for _ in 0..<6 { bench.wait(.seconds(26)) }
    #expect(client.inbox.fresh == [])
    #expect(!client.inbox.isClosed)
    try bench.say("1", as: alice, in: thread)
    #expect(try bodies(client) == ["1"])
    try bench.fault(.stallSockets)
    try bench.say("2", as: alice, in: thread)
    client.say("5:1+::{\"name\":\"ping\"}")
    #expect(client.inbox.fresh == [])
    // A new socket is a good one.
    client.close()
    try client.connect(again: true)
    #expect(try bodies(client) == ["2"])
  }

  @Test(
    "nothing is due for ever at a socket without heartbeats",
    arguments: [FaultKind.stopHeartbeats, .stallSockets])
  func silenceIsIdle(kind: FaultKind) throws {
    let client = try bench.listener(bob)
    try bench.fault(kind, ["user": .string(bob.id.rawID)])
    bench.wait(.seconds(10))
    // What is due at another socket lets all be looked at.
    let other = try bench.listener(alice)
    for _ in 0..<40 {
      bench.wait(.seconds(5))
      other.say("2::")
      let next = try #require(bench.emulator.nextDeadline)
      #expect(next > bench.clock.now)
    }
    #expect(!client.inbox.isClosed && !other.inbox.isClosed)
  }

  @Test("revoked tokens are refused everywhere, and their sockets end; new ones are good")
  func revoked() throws {
    let client = try bench.listener(bob)
    try bench.fault(.revokeTokens, ["user": .string(bob.id.rawID)])
    #expect(client.inbox.isClosed)
    #expect(bench.send(bench.request("GET", "/chat/threads"), as: bob).status == 401)
    #expect(bench.send(bench.request("GET", "/chat/threads"), as: alice).status == 200)
    #expect(
      bench.administer("POST", "/faults", ["kind": "revoke-tokens", "user": "8:acs:x"]).status
        == 404)
    try bench.fault(.revokeTokens)
    #expect(bench.send(bench.request("GET", "/chat/threads"), as: alice).status == 401)
    #expect(
      bench.send(bench.request("GET", "/chat/threads"), as: try bench.user()).status == 200)
  }

  @Test("a socket is refused as other requests are")
  func sockets() throws {
    try bench.fault(.status, ["plane": "realtime", "path": "/v4/c"])
    let request = bench.request("GET", "/v4/c?epid=e", version: nil)
    guard case .refused(let reply) = bench.emulator.admitSocket(request, now: bench.clock.now)
    else {
      Issue.record("it was admitted")
      return
    }
    #expect(reply.response.status == 503)
    #expect(reply.response.headers["X-Confab-Why"]?.contains("status 503") == true)
    guard case .admitted = bench.emulator.admitSocket(request, now: bench.clock.now) else {
      Issue.record("it was not admitted")
      return
    }
  }
}
