import ACSTypes
import ACSWire
import Services
import TestKit
import Testing

@testable import Emulator

@Suite("Real-time events of chats")
struct RealTimeEventTests {
  let bench: Bench
  let alice: User
  let bob: User

  init() throws {
    bench = try Bench()
    alice = try bench.user()
    bob = try bench.user()
  }

  /// The JSON in a string member.
  private func inner(_ json: JSONValue, _ name: String) throws -> JSONValue {
    try JSONValue.parse(try #require(json[name]?.string))
  }

  @Test("a message reaches its author and the others, with the traps of the service")
  func messages() throws {
    let thread = try bench.thread(alice, bob)
    let both = [try bench.listener(alice), try bench.listener(bob)]
    let id = try bench.say("Ahoy \"Bob\"", as: alice, in: thread)
    for client in both {
      let requests = try client.requests()
      let request = try #require(requests.first)
      #expect(requests.count == 1)
      #expect(request.method == "POST")
      #expect(request.url.hasPrefix("/v4/f/"))
      #expect(request.url.hasSuffix("/chatMessageReceived"))
      #expect(request.headers["Trouter-Timeout"] == "10000")
      let event = try JSONValue.parse(request.body)
      let recipient = client.user.id.rawID
      #expect(event["eventId"] == 200)
      #expect(event["senderId"]?.string == alice.id.rawID)
      #expect(event["recipientMri"]?.string == recipient)
      #expect(event["recipientId"]?.string == String(recipient.dropFirst(2)))
      #expect(event["groupId"]?.string == thread.rawValue)
      #expect(event["threadId"] == nil)
      #expect(event["sequenceId"] == nil)
      #expect(event["messageId"]?.string == id.rawValue)
      #expect(event["messageType"] == "Text")
      #expect(event["messageBody"] == "Ahoy \"Bob\"")
      #expect(event["senderDisplayName"] == "")
      #expect(event["acsChatMessageMetadata"] == "null")
      #expect(event["priority"] == "")
      #expect(event["originalArrivalTime"]?.string?.count == 24)
    }
  }

  @Test("an edit, a deletion, a receipt and typing are told")
  func changes() throws {
    let thread = try bench.thread(alice, bob)
    let id = try bench.say("Ahoy", as: alice, in: thread)
    let client = try bench.listener(bob)
    bench.clock.advance(by: .seconds(1))
    bench.send(
      bench.request(
        "PATCH", "/chat/threads/\(thread.rawValue)/messages/\(id.rawValue)",
        ["content": "Hi", "metadata": ["a": "b"]]), as: alice)
    bench.send(
      bench.chat.sendReadReceipt(for: id, in: thread),
      as: bob)
    bench.send(
      bench.chat.sendTyping(in: thread, senderDisplayName: "A"),
      as: alice)
    bench.send(bench.chat.deleteMessage(id, in: thread), as: alice)
    let events = try client.events()
    #expect(events.compactMap { $0["eventId"]?.integer } == [247, 246, 245, 248])
    #expect(events[0]["messageBody"] == "Hi")
    #expect(try inner(events[0], "acsChatMessageMetadata") == ["a": "b"])
    #expect(events[0]["version"]?.string != id.rawValue)
    #expect(events[0]["edittime"]?.string?.hasSuffix("Z") == true)
    #expect(events[0]["composetime"] != nil)
    let receipt = try inner(events[1], "messageBody")
    #expect(receipt["user"]?.string == bob.id.rawID)
    let horizon = try #require(receipt["consumptionhorizon"]?.string).split(separator: ";")
    #expect(horizon.count == 3)
    #expect(horizon[1] == "\(bench.clock.now.milliseconds)")
    #expect(events[1]["messageId"]?.string == id.rawValue)
    #expect(events[2]["messageType"] == "Control/Typing")
    #expect(events[2]["senderDisplayName"] == "A")
    #expect(events[3]["messageBody"] == nil)
    #expect(events[3]["acsChatMessageMetadata"] == nil)
    #expect(events[3]["deletetime"] != nil)
  }

  @Test("threads and participants are told, with JSON in strings, and no message of the service")
  func threads() throws {
    let client = try bench.listener(bob)
    let carol = try bench.user()
    let thread = try bench.thread(alice, bob, topic: "Boats")
    bench.send(
      bench.chat.updateTopic(of: thread, to: "Ships"), as: alice)
    bench.send(
      bench.chat.addParticipants([ChatParticipant(identifier: carol.id)], to: thread), as: alice)
    bench.send(bench.chat.removeParticipant(carol.id, from: thread), as: alice)
    bench.send(bench.chat.deleteThread(thread), as: alice)
    let events = try client.events()
    #expect(events.compactMap { $0["eventId"]?.integer } == [257, 258, 260, 261, 259])
    for event in events {
      #expect(event["groupId"] == "")
      #expect(event["threadId"]?.string == thread.rawValue)
    }
    let creator = try inner(events[0], "createdBy")
    #expect(creator["participantId"]?.string == alice.id.rawID)
    #expect(creator["displayName"] == .null)
    let members = try inner(events[0], "members").array ?? []
    #expect(members.compactMap { $0["participantId"]?.string } == [alice.id.rawID, bob.id.rawID])
    #expect(try inner(events[0], "properties")["topic"] == "Boats")
    #expect(try inner(events[1], "properties")["topic"] == "Ships")
    let fraction = try #require(events[1]["editTime"]?.string).split(separator: ".")[1]
    #expect(fraction.count == 8, "seven digits and Z")
    #expect(try inner(events[2], "participantsAdded")[0]?["shareHistoryTime"] == 0)
    #expect(
      try inner(events[3], "participantsRemoved")[0]?["participantId"]?.string == carol.id.rawID)
    #expect(try inner(events[4], "deletedBy")["participantId"]?.string == alice.id.rawID)
  }

  @Test("who is removed is told so, and nothing after it")
  func removed() throws {
    let thread = try bench.thread(alice, bob)
    let client = try bench.listener(bob)
    bench.send(bench.chat.removeParticipant(bob.id, from: thread), as: alice)
    try bench.say("gone?", as: alice, in: thread)
    #expect(try client.eventIDs() == [261])
  }

  @Test("what is refused is not told")
  func refusals() throws {
    let thread = try bench.thread(alice, bob)
    let client = try bench.listener(bob)
    let stranger = try bench.user()
    bench.send(
      bench.chat.sendMessage(SendChatMessageRequest(content: "x"), to: thread), as: stranger)
    bench.send(
      bench.chat.sendMessage(
        SendChatMessageRequest(content: String(repeating: "x", count: 40_000)), to: thread),
      as: alice)
    #expect(try client.eventIDs() == [])
  }

  @Test("what a client did not answer comes again, three times, and then it is told of the loss")
  func unanswered() throws {
    let thread = try bench.thread(alice, bob)
    let client = try bench.listener(bob)
    try bench.say("one", as: alice, in: thread)
    #expect(try client.requests().count == 1)
    for _ in 0..<2 {
      client.say("2::")
      bench.wait(.seconds(11))
      #expect(try client.requests().count == 1)
    }
    client.say("2::")
    bench.wait(.seconds(11))
    let loss = client.inbox.fresh.filter { $0.contains("trouter.message_loss") }
    #expect(loss.count == 1)
    let frame = try SocketFrame(text: try #require(loss.first))
    let event = try SocketEvent(text: frame.data)
    client.say(
      "5:1+::\(SocketEvent("trouter.processed_message_loss", event.arguments).json.text)")
    #expect(client.inbox.fresh == ["6:::1+[]"])
    client.close()
    try client.connect(again: true)
    #expect(!client.inbox.fresh.contains { $0.contains("message_loss") })
  }

  @Test("events wait for a client that comes back by the same flow")
  func sameFlow() throws {
    let thread = try bench.thread(alice, bob)
    let client = try bench.listener(bob)
    try bench.say("unanswered", as: alice, in: thread)
    client.close()
    try bench.say("away", as: alice, in: thread)
    bench.wait(.seconds(600))
    try client.connect(again: true)
    let bodies = try client.events().compactMap { $0["messageBody"]?.string }
    #expect(bodies == ["unanswered", "away"])
  }

  @Test("and for one that begins anew, once it registers", arguments: ["r", "another"])
  func newFlow(registration: String) throws {
    let thread = try bench.thread(alice, bob)
    let client = try bench.listener(bob)
    client.close()
    try bench.say("away", as: alice, in: thread)
    try client.connect()
    #expect(!client.inbox.fresh.contains { $0.contains("message_loss") })
    try client.register(registration)
    #expect(try client.events().compactMap { $0["messageBody"]?.string } == ["away"])
    try bench.say("here", as: alice, in: thread)
    #expect(try client.eventIDs() == [200], "once")
  }

  @Test("after 15 minutes they are dropped, and the client is told so")
  func tooLate() throws {
    let thread = try bench.thread(alice, bob)
    let client = try bench.listener(bob)
    client.close()
    try bench.say("away", as: alice, in: thread)
    bench.wait(.seconds(901))
    try client.connect(again: true)
    let texts = client.inbox.fresh
    #expect(texts.contains { $0.contains("trouter.message_loss") })
    #expect(!texts.contains { $0.hasPrefix("3:::") })
  }

  @Test("a registration ends after its ttl and by DELETE; the same id replaces it")
  func registrations() throws {
    let thread = try bench.thread(alice, bob)
    let client = try bench.listener(bob)
    try client.register(ttl: 60)
    try bench.say("one", as: alice, in: thread)
    #expect(try client.eventIDs() == [200], "one registration, one event")
    bench.wait(.seconds(61))
    try bench.say("two", as: alice, in: thread)
    #expect(try client.eventIDs() == [])
    try client.register()
    try client.register("second")
    try bench.say("three", as: alice, in: thread)
    #expect(try client.eventIDs() == [200, 200], "two registrations, the event twice")
    client.send("DELETE", "/registrar/prod/v3/registrations/r")
    client.send("DELETE", "/registrar/prod/v3/registrations/second")
    try bench.say("four", as: alice, in: thread)
    #expect(try client.eventIDs() == [])
  }

  @Test("in threads of more than twenty neither typing nor receipts are told")
  func largeThreads() throws {
    let thread = try bench.thread(alice, bob)
    let client = try bench.listener(bob)
    for _ in 0..<19 {
      bench.send(
        bench.chat.addParticipants([ChatParticipant(identifier: try bench.user().id)], to: thread),
        as: alice)
    }
    let id = try bench.say("many", as: alice, in: thread)
    _ = try client.events()
    bench.send(
      bench.chat.sendReadReceipt(for: id, in: thread),
      as: alice)
    bench.send(bench.chat.sendTyping(in: thread, senderDisplayName: nil), as: alice)
    #expect(try client.eventIDs() == [])
  }
}
