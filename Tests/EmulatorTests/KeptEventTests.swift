import ACSTypes
import ACSWire
import FoundationEssentials
import TestKit
import Testing

@testable import Emulator

@Suite("Events that outlive the emulator")
struct KeptEventTests {
  /// Gives the path of a database of the test's own, removed after it.
  private func withPath(_ body: (String) throws -> Void) throws {
    let folder =
      FileManager.default.temporaryDirectory.path + "/confab-events-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body("\(folder)/emulator.sqlite")
  }

  /// A conversation at an emulator that keeps its data, what happens to Bob's client, and how it finds the next start.
  private func conversation(
    _ happening: (Bench, EventClient, ChatThreadID, User) throws -> Void,
    then check: (EventClient) throws -> Void
  ) throws {
    try withPath { path in
      var bob: User?
      var now = Timestamp.epoch
      do {
        let bench = try Bench(path: path)
        let alice = try bench.user()
        let user = try bench.user()
        bob = user
        let thread = try bench.thread(alice, user)
        try happening(bench, try bench.listener(user), thread, alice)
        now = bench.clock.now
      }
      let bench = try Bench(path: path, seed: 2)
      bench.wait(now - bench.clock.now)
      let client = EventClient(bench, try #require(bob))
      try client.connect()
      #expect(client.inbox.fresh.count == 2, "it is no stranger, so nothing is lost yet")
      try client.register()
      try check(client)
    }
  }

  private func bodies(_ client: EventClient) throws -> [String] {
    try client.events().compactMap { $0["messageBody"]?.string }
  }

  @Test("what came while a client was away comes once it is registered again, after word of a loss")
  func away() throws {
    try conversation { bench, client, thread, alice in
      client.close()
      try bench.say("one", as: alice, in: thread)
      bench.send(bench.chat.sendTyping(in: thread, senderDisplayName: nil), as: alice)
      try bench.say("two", as: alice, in: thread)
    } then: { client in
      let frames = try client.inbox.fresh.map { try SocketFrame(text: $0) }
      #expect(frames.first?.data.contains(SocketEvent.Name.messageLoss) == true)
      let requests = try frames.dropFirst().map { try TunnelledRequest(text: $0.data) }
      let events = try requests.map { try RealTimeEvent(text: $0.body) }
      #expect(events.map(\.kind) == [.messageReceived, .messageReceived])
      #expect(events.allSatisfy { $0.recipient == client.user.id.rawID })
    }
  }

  @Test("what a client was sent and did not answer before it went away comes, too")
  func unanswered() throws {
    try conversation { bench, client, thread, alice in
      try bench.say("unanswered", as: alice, in: thread)
      client.close()
      try bench.say("away", as: alice, in: thread)
    } then: { client in
      let texts = try bodies(client)
      #expect(texts == ["unanswered", "away"])
    }
  }

  @Test("what a client got before is not brought again")
  func once() throws {
    try conversation { bench, client, thread, alice in
      client.close()
      try bench.say("one", as: alice, in: thread)
      try client.connect(again: true)
      let texts = try bodies(client)
      #expect(texts == ["one"])
      client.close()
      try bench.say("two", as: alice, in: thread)
    } then: { client in
      let texts = try bodies(client)
      #expect(texts == ["two"])
    }
  }

  @Test("after fifteen minutes there is word of the loss alone")
  func tooLate() throws {
    try conversation { bench, client, thread, alice in
      client.close()
      try bench.say("one", as: alice, in: thread)
      bench.wait(.seconds(901))
    } then: { client in
      let texts = client.inbox.fresh
      #expect(texts.contains { $0.contains(SocketEvent.Name.messageLoss) })
      #expect(!texts.contains { $0.hasPrefix("3:::") })
    }
  }

  @Test(
    "who said goodbye, or whose registration or token ended, is a stranger",
    arguments: ["unregister", "ttl", "revoke"])
  func strangers(end: String) throws {
    try withPath { path in
      var now = Timestamp.epoch
      do {
        let bench = try Bench(path: path)
        let bob = try bench.user()
        let client = try bench.listener(bob)
        switch end {
        case "unregister": client.send("DELETE", "/registrar/prod/v3/registrations/r")
        case "ttl": bench.wait(.seconds(3601))
        default:
          bench.signed(
            bench.request(
              "POST", "/identities/\(bob.id.rawID.percentEncoded)/:revokeAccessTokens",
              version: "2023-10-01"))
        }
        client.close()
        now = bench.clock.now
      }
      let bench = try Bench(path: path, seed: 2)
      bench.wait(now - bench.clock.now)
      let answer = bench.emulator.administer(
        HTTPRequest(
          method: "GET", origin: "http://127.0.0.1:1", target: "/realtime",
          headers: ["Host": "127.0.0.1:1"]), now: bench.clock.now
      ).response
      let summary = try JSONValue.parse(answer.body)
      #expect(summary["registrations"] == 0)
    }
  }

  @Test("typing is told to who is there, and not to who comes back")
  func typing() throws {
    let bench = try Bench()
    let (alice, bob) = (try bench.user(), try bench.user())
    let thread = try bench.thread(alice, bob)
    let client = try bench.listener(bob)
    bench.send(bench.chat.sendTyping(in: thread, senderDisplayName: nil), as: alice)
    #expect(try client.eventIDs() == [245])
    client.close()
    bench.send(bench.chat.sendTyping(in: thread, senderDisplayName: nil), as: alice)
    try client.connect(again: true)
    #expect(client.inbox.fresh.allSatisfy { !$0.hasPrefix("3:::") })
  }
}

@Suite("Who is connected, as the administration tells it")
struct SocketSummaryTests {
  @Test("each client once, connected or away, with what is under way and what waits")
  func clients() throws {
    let bench = try Bench()
    let (alice, bob) = (try bench.user(), try bench.user())
    let thread = try bench.thread(alice, bob)
    let laptop = try bench.listener(bob, epid: "laptop")
    let telephone = try bench.listener(bob, epid: "telephone")
    try telephone.register("second")
    try laptop.register("third")
    try bench.say("one", as: alice, in: thread)
    laptop.close()
    try EventClient(bench, alice).open("/v4/c?epid=new")
    let response = bench.emulator.administer(
      HTTPRequest(
        method: "GET", origin: "http://127.0.0.1:1", target: "/realtime",
        headers: ["Host": "127.0.0.1:1"]), now: bench.clock.now
    ).response
    let summary = try JSONValue.parse(response.body)
    let clients = try #require(summary["value"]?.array)
    #expect(summary["sockets"] == 2)
    #expect(clients.map { $0["endpointId"] } == ["new", "laptop", "telephone"])
    #expect(clients.map { $0["isConnected"] } == [true, false, true])
    #expect(clients.map { $0["underWay"] } == [0, 0, 2])
    #expect(clients.map { $0["waiting"] } == [0, 1, 0])
    #expect(clients.map { $0["registrations"]?.array?.count } == [0, 1, 2])
    #expect(clients.map { $0["identity"]?.string } == ["", bob.id.rawID, bob.id.rawID])
  }
}
