import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

@Suite("Event Grid's events of chats")
struct ChatGridEventTests {
  let bench: Bench
  let alice: User
  let bob: User

  init() throws {
    bench = try Bench()
    alice = try bench.user()
    bob = try bench.user()
  }

  private func types(_ events: [JSONValue]) -> [String] {
    events.map { event in
      String(event["eventType"]?.string?.dropFirst("Microsoft.Communication.".count) ?? "")
    }
  }

  @Test("a message is told once for the thread, and once for everybody else in it")
  func messages() throws {
    let thread = try bench.thread(alice, bob, try bench.user())
    try bench.subscribe("http://127.0.0.1:9/events")
    let id = try bench.say("Ahoy", as: alice, in: thread)
    let events = try bench.gridEvents()
    #expect(
      types(events) == [
        "ChatMessageReceivedInThread", "ChatMessageReceived", "ChatMessageReceived",
      ]
    )
    let whole = events[0]
    #expect(
      whole["subject"]?.string == "thread/\(thread.rawValue)/sender/\(alice.id.rawID)")
    #expect(whole["dataVersion"] == "1.0" && whole["metadataVersion"] == "1")
    #expect(whole["topic"]?.string?.contains("/providers/Microsoft.Communication/") == true)
    let data = try #require(whole["data"]?.object)
    #expect(
      Set(data.members.map(\.name)) == [
        "messageId", "messageBody", "metadata", "senderCommunicationIdentifier",
        "senderDisplayName", "composeTime", "type", "version", "transactionId", "threadId",
      ])
    #expect(data["version"]?.string == id.rawValue)
    #expect(data["messageBody"] == "Ahoy" && data["type"] == "Text")
    #expect(
      data["senderCommunicationIdentifier"] == [
        "rawId": .string(alice.id.rawID),
        "communicationUser": ["id": .string(alice.id.rawID)],
      ])
    let user = try #require(events[1]["data"]?.object)
    #expect(
      Set(user.members.map(\.name)).subtracting(data.members.map(\.name)) == [
        "senderId", "recipientId", "recipientCommunicationIdentifier",
      ])
    #expect(user["recipientId"]?.string == bob.id.rawID)
    #expect(user["version"]?.integer.map(String.init) == id.rawValue)
    #expect(events[1]["subject"]?.string?.hasSuffix("/recipient/\(bob.id.rawID)") == true)
    #expect(Set(events.compactMap { $0["id"]?.string }).count == 3)
  }

  @Test("edits and deletions, the thread and its participants are told")
  func changes() throws {
    try bench.subscribe("http://127.0.0.1:9/events")
    let carol = try bench.user()
    let thread = try bench.thread(alice, bob)
    var events = try bench.gridEvents()
    #expect(types(events) == ["ChatThreadCreated", "ChatThreadCreatedWithUser"])
    #expect(events[0]["data"]?["members"] == nil)
    #expect(events[1]["data"]?["members"]?.array?.count == 2)
    #expect(events[0]["data"]?["participants"]?.array?.count == 2)
    #expect(events[0]["data"]?["properties"] == ["topic": "Boats"])
    #expect(events[1]["data"]?["createdBy"]?.string == alice.id.rawID)

    let id = try bench.say("Ahoy", as: bob, in: thread)
    _ = try bench.gridEvents()
    bench.send(
      bench.request(
        "PATCH", "/chat/threads/\(thread.rawValue)/messages/\(id.rawValue)",
        ["content": "Hi", "metadata": ["a": "b"]]), as: bob)
    events = try bench.gridEvents()
    #expect(types(events) == ["ChatMessageEditedInThread", "ChatMessageEdited"])
    #expect(events[0]["data"]?["metadata"] == ["a": "b"])
    #expect(events[0]["data"]?["editTime"]?.string?.hasSuffix("Z") == true)
    bench.send(bench.chat.deleteMessage(id, in: thread), as: bob)
    events = try bench.gridEvents()
    #expect(types(events) == ["ChatMessageDeletedInThread", "ChatMessageDeleted"])
    #expect(events[0]["data"]?["messageBody"] == nil)
    #expect(events[0]["data"]?["deleteTime"] != nil)

    bench.send(bench.chat.updateTopic(of: thread, to: "Ships"), as: alice)
    events = try bench.gridEvents()
    #expect(types(events) == ["ChatThreadPropertiesUpdated", "ChatThreadPropertiesUpdatedPerUser"])
    bench.send(
      bench.chat.addParticipants([ChatParticipant(identifier: carol.id)], to: thread), as: alice)
    events = try bench.gridEvents()
    #expect(
      types(events) == [
        "ChatThreadParticipantAdded", "ChatParticipantAddedToThreadWithUser",
        "ChatParticipantAddedToThreadWithUser",
      ])
    bench.send(bench.chat.removeParticipant(carol.id, from: thread), as: alice)
    events = try bench.gridEvents()
    #expect(
      types(events) == [
        "ChatThreadParticipantRemoved", "ChatParticipantRemovedFromThreadWithUser",
        "ChatParticipantRemovedFromThreadWithUser",
      ])
    bench.send(bench.chat.sendTyping(in: thread, senderDisplayName: nil), as: alice)
    #expect(try bench.gridEvents() == [])
    bench.send(bench.chat.deleteThread(thread), as: alice)
    #expect(types(try bench.gridEvents()) == ["ChatThreadDeleted", "ChatThreadWithUserDeleted"])
  }

  @Test("what is refused is not told, and only wanted types are")
  func wanted() throws {
    let thread = try bench.thread(alice, bob)
    let response = bench.administer(
      "POST", "/subscriptions",
      [
        "url": "http://127.0.0.1:9/some",
        "includedEventTypes": ["microsoft.communication.chatmessagereceivedinthread"],
      ])
    let id = try #require(try JSONValue.parse(response.body)["id"]?.string)
    let code = try #require(bench.emulator.subscriptions.first).validationCode
    let answer: JSONValue = ["validationResponse": .string(code)]
    #expect(
      bench.emulator.validated(
        id, by: HTTPResponse(status: 200, body: answer.bytes), now: bench.clock.now))
    bench.send(
      bench.chat.sendMessage(SendChatMessageRequest(content: "x"), to: thread),
      as: try bench.user())
    #expect(try bench.gridEvents() == [])
    try bench.say("x", as: alice, in: thread)
    #expect(types(try bench.gridEvents()) == ["ChatMessageReceivedInThread"])
  }
}
