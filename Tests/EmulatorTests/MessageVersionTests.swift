import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

@Suite("What edits and deletions do to a message's numbers")
struct MessageVersionTests {
  let bench: Bench
  let alice, bob: User
  let thread: ChatThreadID
  let id: ChatMessageID

  init() throws {
    bench = try Bench()
    alice = try bench.user()
    bob = try bench.user()
    thread = try bench.thread(alice, bob)
    bench.clock.advance(by: .seconds(1))
    let sent = bench.send(
      bench.chat.sendMessage(
        SendChatMessageRequest(content: "Ahoy", metadata: ["a": "1"]), to: thread), as: alice)
    id = ChatMessageID(try SendChatMessageResult(bytes: sent.body).id)
    bench.clock.advance(by: .seconds(1))
  }

  func message() throws -> ChatMessageModel {
    try ChatMessageModel(bytes: bench.send(bench.chat.message(id, in: thread), as: bob).body)
  }

  func patch(_ body: JSONValue) -> Int {
    let path = "/chat/threads/\(thread.rawValue)/messages/\(id.rawValue)"
    return bench.send(bench.request("PATCH", path, body), as: alice).status
  }

  @Test(
    "a patch that changes nothing leaves everything as it was",
    arguments: [[:], ["metadata": [:]], ["news": 1], ["content": .null]] as [JSONValue])
  func nothing(body: JSONValue) throws {
    let before = try message()
    let thread = try bench.page(bench.chat.threads(), as: alice, of: ChatThreadItem.self)
    #expect(patch(body) == 204)
    #expect(try message() == before)
    #expect(try bench.page(bench.chat.threads(), as: alice, of: ChatThreadItem.self) == thread)
    let next = try bench.say("next", as: alice, in: self.thread)
    let told = bench.send(bench.chat.message(next, in: self.thread), as: bob)
    #expect(try ChatMessageModel(bytes: told.body).sequenceID == "4")
  }

  @Test(
    "every other patch is an edit, the same text included",
    arguments: [
      ["content": "Ahoy"], ["content": ""], ["content": "Hi", "metadata": ["a": .null]],
      ["metadata": ["a": "2"]], ["metadata": ["a": "1"]],
    ] as [JSONValue])
  func edit(body: JSONValue) throws {
    let before = try message()
    #expect(before.version == before.id)
    #expect(before.editedOn == nil)
    #expect(patch(body) == 204)
    let after = try message()
    #expect(after.id == before.id)
    #expect(after.createdOn == before.createdOn)
    #expect(after.version == String(bench.clock.now.milliseconds))
    #expect(after.editedOn?.moment == bench.clock.now)
    #expect(after.sequenceID == "4")
    #expect(after.content?.message == (body["content"]?.string ?? "Ahoy"))
  }

  @Test("versions rise with every edit, also within a millisecond, and sequence ids count them all")
  func versions() throws {
    var versions: [Int64] = []
    for number in 1...5 {
      #expect(patch(["content": .string("\(number)")]) == 204)
      versions.append(try #require(Int64(try message().version)))
    }
    #expect(versions == versions.sorted() && Set(versions).count == 5)
    #expect(try message().sequenceID == "8")
  }

  @Test("a tombstone has neither content nor metadata, and keeps its place, sender and edit")
  func tombstone() throws {
    #expect(patch(["content": "Hi"]) == 204)
    let edited = try message()
    bench.clock.advance(by: .seconds(1))
    bench.send(bench.chat.deleteMessage(id, in: thread), as: alice)
    let deleted = try message()
    #expect(deleted.deletedOn?.moment == bench.clock.now)
    #expect(deleted.version == String(bench.clock.now.milliseconds))
    #expect(deleted.content == nil && deleted.metadata == nil)
    #expect(deleted.id == edited.id && deleted.type == "text")
    #expect(deleted.editedOn == edited.editedOn)
    #expect(deleted.sender == edited.sender)
    #expect(deleted.sequenceID == "5")
    let list = try bench.page(bench.chat.messages(in: thread), as: bob, of: ChatMessageModel.self)
    #expect(list.value.first == deleted)
    // Deleting again is done, and changes nothing more.
    bench.clock.advance(by: .seconds(1))
    #expect(bench.send(bench.chat.deleteMessage(id, in: thread), as: alice).status == 204)
    #expect(try message() == deleted)
    expectChatError(
      bench.send(bench.chat.updateMessage(id, in: thread, content: "x"), as: alice), 404,
      "NotFound", "The specified message id was not found.")
  }

  @Test("every change of a thread has a number, in one row without gaps")
  func sequence() throws {
    let carol = try bench.user()
    bench.send(bench.chat.updateTopic(of: thread, to: "Ships"), as: bob)
    bench.send(
      bench.chat.addParticipants([ChatParticipant(identifier: carol.id)], to: thread), as: bob)
    bench.send(bench.chat.removeParticipant(carol.id, from: thread), as: alice)
    try bench.say("end", as: bob, in: thread)
    let page = try bench.page(bench.chat.messages(in: thread), as: bob, of: ChatMessageModel.self)
    let rows = page.value.reversed().map { "\($0.sequenceID) \($0.type)" }
    #expect(
      rows == [
        "1 participantAdded", "2 topicUpdated", "3 text", "4 topicUpdated", "5 participantAdded",
        "6 participantRemoved", "7 text",
      ])
    for message in page.value where message.type != "text" {
      #expect(message.sender == nil && message.senderDisplayName == nil)
      #expect(message.version == message.id)
      #expect(message.content?.initiator != nil)
    }
  }
}
