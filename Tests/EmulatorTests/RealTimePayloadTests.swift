import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

/// The members of each event's body, as the recorded payloads in Microsoft's mobile SDKs have them (REALTIME 2).
@Suite("The members of real-time events")
struct RealTimePayloadTests {
  private static let common: Set = [
    "eventId", "senderId", "recipientId", "recipientMri", "transactionId", "groupId", "collapseId",
  ]
  private static let message: Set = [
    "messageId", "messageType", "senderDisplayName", "clientMessageId", "originalArrivalTime",
    "version",
  ]
  private static let thread: Set = ["threadId", "createTime", "version"]

  private static let members: [Int64: Set<String>] = [
    200: message.union(["messageBody", "priority", "acsChatMessageMetadata"]),
    245: ["messageId", "messageType", "senderDisplayName", "originalArrivalTime", "version"],
    246: ["messageId", "messageType", "messageBody", "clientMessageId", "senderDisplayName"],
    247: message.union([
      "messageBody", "priority", "acsChatMessageMetadata", "edittime", "composetime",
    ]),
    248: message.union(["deletetime", "composetime"]),
    257: thread.union(["threadType", "createdBy", "members", "properties"]),
    258: thread.union(["threadType", "editTime", "editedBy", "properties"]),
    259: thread.union(["threadType", "deleteTime", "deletedBy"]),
    260: thread.union(["time", "addedBy", "participantsAdded"]),
    261: thread.union(["time", "removedBy", "participantsRemoved"]),
  ]

  private func events() throws -> [JSONValue] {
    let bench = try Bench()
    let (alice, bob, carol) = (try bench.user(), try bench.user(), try bench.user())
    let client = try bench.listener(bob)
    let thread = try bench.thread(alice, bob, topic: "Boats")
    let id = try bench.say("Ahoy", as: alice, in: thread)
    bench.clock.advance(by: .seconds(1))
    for request in [
      bench.request(
        "PATCH", "/chat/threads/\(thread.rawValue)/messages/\(id.rawValue)", ["content": "Hi"]),
      bench.chat.sendReadReceipt(for: id, in: thread),
      bench.chat.sendTyping(in: thread, senderDisplayName: "A"),
      bench.chat.deleteMessage(id, in: thread), bench.chat.updateTopic(of: thread, to: "Ships"),
      bench.chat.addParticipants([ChatParticipant(identifier: carol.id)], to: thread),
      bench.chat.removeParticipant(carol.id, from: thread), bench.chat.deleteThread(thread),
    ] {
      #expect(bench.send(request, as: alice).isSuccess)
    }
    return try client.events()
  }

  @Test("each of the ten has the members of the recorded ones, and no others")
  func names() throws {
    let events = try events()
    #expect(events.count == 10)
    for event in events {
      let id = try #require(event["eventId"]?.integer)
      let names = Set(try #require(event.object).members.map(\.name))
      let expected = try #require(RealTimePayloadTests.members[id])
      #expect(names == expected.union(RealTimePayloadTests.common), "\(id)")
    }
  }

  @Test("a message without metadata has the word null, and an edited one an empty object")
  func metadata() throws {
    let events = try events()
    func metadata(_ id: Int64) -> JSONValue? {
      events.first { $0["eventId"]?.integer == id }?["acsChatMessageMetadata"]
    }
    #expect(metadata(200) == "null")
    #expect(metadata(247) == "{}")
  }
}
