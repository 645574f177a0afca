import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

struct MessageTests {
  let bench: Bench
  let alice, bob: User
  let thread: ChatThreadID

  init() throws {
    bench = try Bench()
    alice = try bench.user()
    bob = try bench.user()
    thread = try bench.thread(alice, bob)
    bench.clock.advance(by: .seconds(1))
  }

  func message(_ id: ChatMessageID, as user: User) throws -> ChatMessageModel {
    try ChatMessageModel(bytes: bench.send(bench.chat.message(id, in: thread), as: user).body)
  }

  func list(_ request: HTTPRequest? = nil, as user: User) throws -> PageModel<ChatMessageModel> {
    try PageModel(
      bytes: bench.send(request ?? bench.chat.messages(in: thread), as: user).body)
  }

  @Test("a message is sent and told as recorded")
  func send() throws {
    let response = bench.send(
      bench.chat.sendMessage(
        SendChatMessageRequest(
          content: "Ahoy ⛵", senderDisplayName: "Alice", type: "html",
          metadata: ["tags": "a", "key": "b"]), to: thread), as: alice)
    #expect(response.status == 201)
    let id = String(bench.clock.now.milliseconds)
    #expect(response.text == #"{"id":"\#(id)"}"#)
    #expect(
      response.headers["Location"]
        == "\(Bench.origin)/chat/threads/19%3A\(thread.rawValue.dropFirst(3))/messages/\(id)")
    let told = bench.send(bench.chat.message(ChatMessageID(id), in: thread), as: bob)
    #expect(
      told.text
        == #"{"id":"\#(id)","type":"html","sequenceId":"3","version":"\#(id)","#
        + #""content":{"message":"Ahoy ⛵"},"senderDisplayName":"Alice","#
        + #""createdOn":"2026-11-21T02:29:58Z","senderCommunicationIdentifier":{"#
        + #""rawId":"\#(alice.id.rawID)","communicationUser":{"id":"\#(alice.id.rawID)"}},"#
        + #""metadata":{"tags":"a","key":"b"}}"#)
  }

  @Test("the two system messages of a new thread are told as recorded")
  func systemMessages() throws {
    let page = try list(as: bob)
    let start = 1_795_228_197_000
    #expect(page.value.map(\.id) == ["\(start + 1)", "\(start)"])
    #expect(page.value.map(\.sequenceID) == ["2", "1"])
    let whom = { (user: User) in
      #"{"rawId":"\#(user.id.rawID)","communicationUser":{"id":"\#(user.id.rawID)"}}"#
    }
    #expect(
      page.value[1].json.text
        == #"{"id":"\#(start)","type":"participantAdded","sequenceId":"1","version":"\#(start)","#
        + #""content":{"participants":[{"communicationIdentifier":\#(whom(alice)),"#
        + #""shareHistoryTime":"1970-01-01T00:00:00Z"},{"communicationIdentifier":\#(whom(bob)),"#
        + #""shareHistoryTime":"1970-01-01T00:00:00Z"}],"#
        + #""initiatorCommunicationIdentifier":\#(whom(alice))},"createdOn":"2026-11-21T02:29:57Z"}"#
    )
  }

  @Test("messages of one millisecond have ids of their own, in their order")
  func sameMillisecond() throws {
    let ids = try (1...5).map { try bench.say("\($0)", as: $0 % 2 == 0 ? alice : bob, in: thread) }
    let start = bench.clock.now.milliseconds
    #expect(ids.map(\.place) == (0..<5).map { start + Int64($0) })
    #expect(try list(as: alice).value.map(\.sequenceID) == ["7", "6", "5", "4", "3", "2", "1"])
  }

  @Test("messages are listed newest first, page after page, under the caller's own address")
  func pages() throws {
    for number in 1...7 { try bench.say("\(number)", as: alice, in: thread) }
    var request = bench.chat.messages(in: thread, maxPageSize: 3)
    var seen: [[String]] = []
    while true {
      let page = try list(request, as: bob)
      seen.append(page.value.map { $0.content?.message ?? $0.type })
      guard let link = page.nextLink else { break }
      #expect(link.hasPrefix("\(Bench.origin)/chat/threads/\(thread.rawValue)/messages?syncState="))
      #expect(link.hasSuffix("&maxPageSize=3&api-version=2024-03-07"))
      request = try bench.chat.next(link)
    }
    #expect(
      seen == [["7", "6", "5"], ["4", "3", "2"], ["1", "topicUpdated", "participantAdded"]])
  }

  @Test("a page holds at most 200, 100 when nobody says")
  func pageSizes() throws {
    for number in 1...250 { try bench.say("\(number)", as: alice, in: thread) }
    #expect(try list(as: alice).value.count == 100)
    #expect(
      try list(bench.chat.messages(in: thread, maxPageSize: 500), as: alice).value.count == 200)
  }

  @Test("a list may begin at a time")
  func startTime() throws {
    try bench.say("old", as: alice, in: thread)
    bench.clock.advance(by: .seconds(60))
    try bench.say("new", as: alice, in: thread)
    let request = bench.chat.messages(in: thread, startTime: bench.clock.now)
    #expect(try list(request, as: bob).value.compactMap(\.content?.message) == ["new"])
  }

  @Test("an edit keeps the id and moves version, editedOn and sequenceId")
  func edit() throws {
    let id = try bench.say("teh sea", as: alice, in: thread)
    bench.clock.advance(by: .seconds(5))
    let request = bench.chat.updateMessage(id, in: thread, content: "the sea")
    #expect(bench.send(request, as: alice).status == 204)
    let message = try message(id, as: bob)
    #expect(message.content?.message == "the sea")
    #expect(message.sequenceID == "4")
    #expect(message.version == String(bench.clock.now.milliseconds))
    #expect(message.editedOn?.moment == bench.clock.now)
    #expect(message.createdOn.text == "2026-11-21T02:29:58Z")
    try bench.say("next", as: alice, in: thread)
    #expect(try list(as: bob).value.map(\.sequenceID) == ["5", "4", "2", "1"])
  }

  @Test("an edit within the millisecond of the message has a newer version")
  func quickEdit() throws {
    let id = try bench.say("a", as: alice, in: thread)
    bench.send(bench.chat.updateMessage(id, in: thread, content: "b"), as: alice)
    #expect(try message(id, as: bob).version == String(id.place + 1))
  }

  @Test("metadata is merged, and null removes")
  func mergeMetadata() throws {
    let sent = bench.send(
      bench.chat.sendMessage(
        SendChatMessageRequest(content: "a", metadata: ["x": "1", "y": "2"]), to: thread),
      as: alice)
    let id = ChatMessageID(try SendChatMessageResult(bytes: sent.body).id)
    let path = "/chat/threads/\(thread.rawValue)/messages/\(id.rawValue)"
    let patch = bench.request("PATCH", path, ["metadata": ["x": nil, "z": "3"]])
    #expect(bench.send(patch, as: alice).status == 204)
    let told = try message(id, as: bob)
    #expect(told.metadata == ["y": "2", "z": "3"])
    #expect(told.content?.message == "a")
    let bad = bench.request("PATCH", path, ["metadata": ["x": 1]])
    #expect(bench.send(bad, as: alice).status == 400)
  }

  @Test("a deleted message leaves a tombstone that cannot be edited")
  func delete() throws {
    let id = try bench.say("never mind", as: alice, in: thread)
    bench.clock.advance(by: .seconds(1))
    for _ in 0..<2 {
      #expect(bench.send(bench.chat.deleteMessage(id, in: thread), as: alice).status == 204)
    }
    let tombstone = try message(id, as: bob)
    #expect(tombstone.deletedOn?.moment == bench.clock.now)
    #expect(tombstone.content == nil)
    #expect(tombstone.sequenceID == "4")
    #expect(try list(as: bob).value.map(\.id).contains(id.rawValue))
    let edit = bench.chat.updateMessage(id, in: thread, content: "back")
    #expect(bench.send(edit, as: alice).status == 404)
  }

  @Test("only the sender may edit or delete, and nobody a system message")
  func ownership() throws {
    let id = try bench.say("mine", as: alice, in: thread)
    let system = ChatMessageID("1795228197000")
    for (id, user) in [(id, bob), (system, alice)] {
      for request in [
        bench.chat.updateMessage(id, in: thread, content: "yours"),
        bench.chat.deleteMessage(id, in: thread),
      ] {
        expectChatError(
          bench.send(request, as: user), 403, "Forbidden",
          "The initiator doesn't have the permission to perform the requested operation.")
      }
    }
    #expect(try message(id, as: bob).content?.message == "mine")
  }

  @Test("malformed and unknown message ids are refused")
  func badIDs() {
    let invalid = ChatMessageID("invalid_chat_message_id")
    for request in [
      bench.chat.message(invalid, in: thread), bench.chat.deleteMessage(invalid, in: thread),
      bench.chat.updateMessage(invalid, in: thread, content: "x"),
    ] {
      expectChatError(
        bench.send(request, as: alice), 400, "BadRequest",
        "Value for MessageId (invalid_chat_message_id) is not valid.")
    }
    #expect(bench.send(bench.chat.message(ChatMessageID("1"), in: thread), as: alice).status == 404)
  }

  @Test("a message may have 28 KB and not a byte more")
  func size() throws {
    let allowed = String(repeating: "é", count: 14 * 1024)
    let id = try bench.say(allowed, as: alice, in: thread)
    #expect(try message(id, as: bob).content?.message == allowed)
    for content in [allowed + "x", String(repeating: "x", count: 5 << 20)] {
      for request in [
        bench.chat.sendMessage(SendChatMessageRequest(content: content), to: thread),
        bench.chat.updateMessage(id, in: thread, content: content),
      ] {
        let response = bench.send(request, as: alice)
        expectChatError(response, 413, "RequestEntityTooLarge", "The message is too large.")
        #expect(
          response.headers["X-Confab-Why"]
            == "The content has \(content.utf8.count) bytes; a message may have 28672.")
      }
    }
  }

  @Test("bad bodies are refused, and unknown members are not")
  func bodies() {
    let path = "/chat/threads/\(thread.rawValue)/messages"
    func status(_ body: JSONValue) -> Int {
      bench.send(bench.request("POST", path, body), as: alice).status
    }
    #expect(status([:]) == 400)
    #expect(status(["content": 1]) == 400)
    #expect(status(["content": "x", "type": "topicUpdated"]) == 400)
    #expect(status(["content": "x", "metadata": ["a": 1]]) == 400)
    #expect(status(["content": "x", "news": ["a": 1]]) == 201)
  }

  @Test(
    "any text comes back as it was sent",
    arguments: ["", "\u{0}\u{1B}[31m", "🇸🇪👩‍👩‍👧‍👦 مرحبا \u{202E}", "\r\n\t\"\\"])
  func anyText(text: String) throws {
    let id = try bench.say(text, as: alice, in: thread)
    #expect(try message(id, as: bob).content?.message == text)
  }
}
