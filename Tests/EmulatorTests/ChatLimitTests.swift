import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

@Suite("How many and how much Chat takes")
struct ChatLimitTests {
  let bench: Bench
  let alice: User

  init() throws {
    bench = try Bench()
    alice = try bench.user()
  }

  func people(_ count: Int) throws -> [ChatParticipant] {
    try (0..<count).map { _ in ChatParticipant(identifier: try identity()) }
  }

  /// A new identity, without a token: those take long to sign.
  func identity() throws -> CommunicationIdentifier {
    let response = bench.signed(IdentityRequests(endpoint: Bench.origin).create())
    return CommunicationIdentifier(
      rawID: try CommunicationIdentityAccessTokenResult(bytes: response.body).identity.id)
  }

  func add(_ people: [ChatParticipant], to thread: ChatThreadID) -> HTTPResponse {
    bench.send(bench.chat.addParticipants(people, to: thread), as: alice)
  }

  func count(_ thread: ChatThreadID) throws -> Int {
    var count = 0
    var request = bench.chat.participants(of: thread, maxPageSize: 200)
    while true {
      let page = try bench.page(request, as: alice, of: ChatParticipantModel.self)
      count += page.value.count
      guard let link = page.nextLink else { return count }
      request = try bench.chat.next(link)
    }
  }

  @Test("250 people are a thread, one more are none, and nothing of a refused request is done")
  func participants() throws {
    let thread = try bench.thread(alice)
    #expect(add(try people(201), to: thread).status == 400)
    #expect(try count(thread) == 1)
    #expect(add(try people(200), to: thread).status == 201)
    let rest = try people(50)
    expectChatError(add(rest, to: thread), 400, "BadRequest", "Too many participants.")
    #expect(try count(thread) == 201)
    #expect(add(Array(rest.prefix(49)), to: thread).status == 201)
    #expect(try count(thread) == 250)
    #expect(add(Array(rest.suffix(1)), to: thread).status == 400)
    // Who is there already takes no place, nor does who cannot come.
    #expect(add(Array(rest.prefix(49)), to: thread).status == 201)
    let foreign = add([ChatParticipant(identifier: ParticipantTests.foreign)], to: thread)
    #expect(foreign.status == 201)
    #expect(
      try AddChatParticipantsResult(bytes: foreign.body).invalidParticipants?.map(\.target)
        == [ParticipantTests.foreign.rawID])
    #expect(try count(thread) == 250)
    bench.send(bench.chat.removeParticipant(rest[0].identifier, from: thread), as: alice)
    #expect(add(Array(rest.suffix(1)), to: thread).status == 201)
    #expect(try count(thread) == 250)
  }

  @Test("a thread begins with at most 200 that are named, and its creator", arguments: [200, 201])
  func creation(count: Int) throws {
    let request = bench.chat.createThread(
      topic: "x", participants: try people(count), requestID: "1")
    let response = bench.send(request, as: alice)
    guard count == 200 else {
      expectChatError(response, 400, "BadRequest", "Too many participants.")
      return
    }
    let thread = try #require(try CreateChatThreadResult(bytes: response.body).chatThread)
    #expect(try self.count(ChatThreadID(thread.id)) == 201)
  }

  @Test("the same person twice is one, the later name counts")
  func twice() throws {
    let bob = try identity()
    let thread = try bench.thread(alice)
    let both = ["Bob", "Robert"].map { ChatParticipant(identifier: bob, displayName: $0) }
    #expect(add(both, to: thread).status == 201)
    let page = try bench.page(
      bench.chat.participants(of: thread), as: alice, of: ChatParticipantModel.self)
    #expect(page.value.map(\.displayName) == [nil, "Robert"])
  }

  @Test("typing and receipts are off from 21 participants on, and on again with 20")
  func receipts() throws {
    let thread = try bench.thread(alice)
    let message = try bench.say("x", as: alice, in: thread)
    func statuses() -> [Int] {
      [
        bench.chat.sendTyping(in: thread, senderDisplayName: nil),
        bench.chat.sendReadReceipt(for: message, in: thread),
      ].map { bench.send($0, as: alice).status }
    }
    #expect(add(try people(19), to: thread).status == 201)
    #expect(statuses() == [200, 200])
    let last = try people(1)
    #expect(add(last, to: thread).status == 201)
    #expect(statuses() == [403, 403])
    let refused = bench.send(
      bench.chat.sendTyping(in: thread, senderDisplayName: nil), as: alice)
    #expect(
      refused.headers["X-Confab-Why"]
        == "Typing notices and read receipts are for threads of at most 20 participants.")
    // What was read before is told still.
    let told = try bench.page(
      bench.chat.readReceipts(in: thread), as: alice, of: ReadReceiptModel.self)
    #expect(told.value.map(\.chatMessageID) == [message.rawValue])
    bench.send(bench.chat.removeParticipant(last[0].identifier, from: thread), as: alice)
    #expect(statuses() == [200, 200])
  }

  @Test(
    "28 KB are counted in bytes of UTF-8, in both kinds of message",
    arguments: ["x", "é", "€", "⛵", "🇸🇪"], ["text", "html"])
  func bytes(character: String, type: String) throws {
    let thread = try bench.thread(alice)
    func send(_ bytes: Int) -> HTTPResponse {
      let size = character.utf8.count
      let content =
        String(repeating: character, count: bytes / size)
        + String(repeating: "x", count: bytes % size)
      return bench.send(
        bench.chat.sendMessage(SendChatMessageRequest(content: content, type: type), to: thread),
        as: alice)
    }
    #expect(send(28 * 1024).status == 201)
    expectChatError(
      send(28 * 1024 + 1), 413, "RequestEntityTooLarge", "The message is too large.")
  }
}
