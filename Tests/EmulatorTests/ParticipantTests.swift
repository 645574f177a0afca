import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

struct ParticipantTests {
  static let foreign = CommunicationIdentifier(
    rawID: "8:acs:00000000-0000-4000-8000-000000000000_0000000c-005a-9fcc-ac00-343a0d007710")

  let bench: Bench
  let alice, bob, carol: User
  let thread: ChatThreadID

  init() throws {
    bench = try Bench()
    alice = try bench.user()
    bob = try bench.user()
    carol = try bench.user()
    thread = try bench.thread(alice, bob)
  }

  func participants(
    _ request: HTTPRequest? = nil
  ) throws -> PageModel<ChatParticipantModel> {
    try PageModel(
      bytes: bench.send(request ?? bench.chat.participants(of: thread), as: alice).body)
  }

  func newest() throws -> ChatMessageModel {
    let page = try PageModel<ChatMessageModel>(
      bytes: bench.send(bench.chat.messages(in: thread), as: alice).body)
    return try #require(page.value.first)
  }

  @Test("people are added and removed, which system messages tell")
  func addAndRemove() throws {
    let person = ChatParticipant(identifier: carol.id, displayName: "Carol")
    let added = bench.send(bench.chat.addParticipants([person], to: thread), as: bob)
    #expect(added.status == 201)
    #expect(added.text == "{}")
    #expect(
      try participants().value.map(\.identifier.identifier) == [alice.id, bob.id, carol.id])
    #expect(try participants().value.last?.displayName == "Carol")
    #expect(try participants().value.last?.shareHistoryTime?.text == "1970-01-01T00:00:00Z")
    #expect(try newest().type == "participantAdded")
    #expect(try newest().content?.participants?.map(\.displayName) == ["Carol"])
    try bench.say("here", as: carol, in: thread)

    #expect(
      bench.send(bench.chat.removeParticipant(carol.id, from: thread), as: alice).status == 204)
    #expect(try participants().value.map(\.identifier.identifier) == [alice.id, bob.id])
    #expect(try newest().type == "participantRemoved")
    #expect(bench.send(bench.chat.messages(in: thread), as: carol).status == 403)
    let list = try PageModel<ChatThreadItem>(
      bytes: bench.send(bench.chat.threads(), as: carol).body)
    #expect(list.value.isEmpty)
  }

  @Test("adding again changes nothing and tells nobody, as Microsoft's description says")
  func addAgain() throws {
    let before = try newest().id
    let person = ChatParticipant(identifier: bob.id, displayName: "Robert")
    #expect(bench.send(bench.chat.addParticipants([person], to: thread), as: alice).status == 201)
    #expect(try participants().value.map(\.displayName) == [nil, nil])
    #expect(try newest().id == before)
  }

  @Test("who is not of the resource is told in the answer, the others are added")
  func partialFailure() throws {
    let people = [
      ChatParticipant(identifier: ParticipantTests.foreign), ChatParticipant(identifier: carol.id),
    ]
    let response = bench.send(bench.chat.addParticipants(people, to: thread), as: alice)
    #expect(response.status == 201)
    let result = try AddChatParticipantsResult(bytes: response.body)
    #expect(result.invalidParticipants?.map(\.target) == [ParticipantTests.foreign.rawID])
    #expect(try participants().value.count == 3)

    let created = bench.send(
      bench.chat.createThread(topic: "x", participants: people, requestID: "x"), as: alice)
    #expect(created.status == 201)
    let made = try CreateChatThreadResult(bytes: created.body)
    #expect(made.invalidParticipants?.count == 1)
  }

  @Test(
    "a malformed identity fails the whole request in the words recorded",
    arguments: [
      "8:acs:invalidUserId", "8:acs:1_2", "nonsense", "8:acs:",
      "8:acs:00000000-0000-4000-8000-00000000000g_0000000c-005a-9fcc-ac00-343a0d007710",
    ])
  func malformed(id: String) throws {
    let identity = CommunicationIdentifier(rawID: id)
    let people = [ChatParticipant(identifier: carol.id), ChatParticipant(identifier: identity)]
    for request in [
      bench.chat.addParticipants(people, to: thread),
      bench.chat.removeParticipant(identity, from: thread),
      bench.chat.createThread(topic: "x", participants: people, requestID: "x"),
    ] {
      expectChatError(
        bench.send(request, as: alice), 400, "BadRequest", "Identifier format is invalid (\(id)).")
    }
    #expect(try participants().value.count == 2)
  }

  @Test("removing who is not there is done, and told nobody")
  func removeStranger() throws {
    let before = try newest().id
    let request = bench.chat.removeParticipant(carol.id, from: thread)
    #expect(bench.send(request, as: alice).status == 204)
    #expect(try newest().id == before)
  }

  @Test("pages are cut by skip, and none is empty")
  func pages() throws {
    let request = bench.chat.participants(of: thread, maxPageSize: 1, skip: 1)
    var page = try participants(request)
    #expect(page.value.map(\.identifier.identifier) == [bob.id])
    #expect(page.nextLink == nil)
    page = try participants(bench.chat.participants(of: thread, maxPageSize: 1))
    let next = try bench.chat.next(try #require(page.nextLink))
    #expect(next.target.contains("skip=1&maxPageSize=1"))
    page = try participants(next)
    #expect(page.value.map(\.identifier.identifier) == [bob.id])
    #expect(page.nextLink == nil)
  }

  @Test("history is shared from the time that is given")
  func sharedHistory() throws {
    try bench.say("secret", as: alice, in: thread)
    bench.clock.advance(by: .seconds(10))
    let person = ChatParticipant(identifier: carol.id, shareHistoryTime: bench.clock.now)
    bench.send(bench.chat.addParticipants([person], to: thread), as: alice)
    let page = try PageModel<ChatMessageModel>(
      bytes: bench.send(bench.chat.messages(in: thread), as: carol).body)
    #expect(page.value.map(\.type) == ["participantAdded"])
  }

  @Test("nobody gives themselves the history that was hidden from them, nor takes it from others")
  func hiddenHistoryStaysHidden() throws {
    try bench.say("secret", as: alice, in: thread)
    bench.clock.advance(by: .seconds(10))
    let late = ChatParticipant(identifier: carol.id, shareHistoryTime: bench.clock.now)
    bench.send(bench.chat.addParticipants([late], to: thread), as: alice)
    let early = ChatParticipant(identifier: carol.id)
    let never = ChatParticipant(
      identifier: alice.id, shareHistoryTime: bench.clock.now + .seconds(86_400_000))
    for (person, by) in [(early, carol), (never, carol)] {
      bench.send(bench.chat.addParticipants([person], to: thread), as: by)
    }
    for (user, types) in [
      (carol, ["participantAdded"]),
      (alice, ["participantAdded", "text", "topicUpdated", "participantAdded"]),
    ] {
      let page = try PageModel<ChatMessageModel>(
        bytes: bench.send(bench.chat.messages(in: thread), as: user).body)
      #expect(page.value.map(\.type) == types)
    }
  }

  @Test("a request brings at most 200 and a thread holds at most 250")
  func limits() throws {
    func people(_ count: Int) throws -> [ChatParticipant] {
      try (0..<count).map { _ in ChatParticipant(identifier: try bench.user().id) }
    }
    let many = try people(201)
    let add = { (people: [ChatParticipant]) in
      bench.send(bench.chat.addParticipants(people, to: thread), as: alice).status
    }
    #expect(add(many) == 400)
    #expect(add(Array(many.prefix(200))) == 201)
    #expect(add(try people(49)) == 400)
    #expect(add(try people(48)) == 201)
    let receipt = bench.send(
      bench.chat.sendTyping(in: thread, senderDisplayName: nil), as: alice)
    #expect(receipt.status == 403)
  }

  @Test("a receipt is one a person, the newest, the own included")
  func receipts() throws {
    let first = try bench.say("1", as: alice, in: thread)
    let second = try bench.say("2", as: alice, in: thread)
    for (id, user) in [(first, alice), (second, bob), (first, bob)] {
      let response = bench.send(bench.chat.sendReadReceipt(for: id, in: thread), as: user)
      #expect(response.status == 200)
      #expect(response.body.isEmpty)
      bench.clock.advance(by: .seconds(1))
    }
    let page = try PageModel<ReadReceiptModel>(
      bytes: bench.send(bench.chat.readReceipts(in: thread), as: alice).body)
    #expect(page.value.map(\.sender.identifier) == [bob.id, alice.id])
    #expect(page.value.map(\.chatMessageID) == [second.rawValue, first.rawValue])
    let unknown = bench.chat.sendReadReceipt(for: ChatMessageID("1"), in: thread)
    #expect(bench.send(unknown, as: bob).status == 404)
  }

  @Test("typing is taken with and without a body")
  func typing() {
    #expect(
      bench.send(bench.chat.sendTyping(in: thread, senderDisplayName: "Bob"), as: bob).status == 200
    )
    let bare = bench.request("POST", "/chat/threads/\(thread.rawValue)/typing")
    #expect(bench.send(bare, as: bob).status == 200)
  }
}
