import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

@Suite("History that is shared with who comes later")
struct SharedHistoryTests {
  let bench: Bench
  let alice, bob: User
  let thread: ChatThreadID
  let first, second: ChatMessageID

  /// A thread with a message each at 10 s and 20 s after its beginning; it is 30 s now.
  init() throws {
    bench = try Bench()
    alice = try bench.user()
    bob = try bench.user()
    thread = try bench.thread(alice)
    bench.clock.advance(by: .seconds(10))
    first = try bench.say("first", as: alice, in: thread)
    bench.clock.advance(by: .seconds(10))
    second = try bench.say("second", as: alice, in: thread)
    bench.clock.advance(by: .seconds(10))
  }

  /// Adds Bob with a `shareHistoryTime`: a JSON value, or none at all.
  func add(_ time: JSONValue?) -> HTTPResponse {
    var person: JSONObject = [
      "communicationIdentifier": ["communicationUser": ["id": .string(bob.id.rawID)]]
    ]
    if let time { person["shareHistoryTime"] = time }
    return bench.send(
      bench.request(
        "POST", "/chat/threads/\(thread.rawValue)/participants/:add",
        ["participants": [.object(person)]]), as: alice)
  }

  func seen() throws -> [String] {
    try bench.page(
      bench.chat.messages(in: thread), as: bob, of: ChatMessageModel.self
    ).value.reversed().map { $0.content?.message ?? $0.type }
  }

  /// Times as seconds from the thread's beginning, written in the given way.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let time: JSONValue?
    /// What the list of participants tells.
    let told: String
    let seen: [String]
  }

  @Test(
    "a participant sees what came from the time that is given",
    arguments: [
      Case(
        testDescription: "absent", time: nil, told: "1970-01-01T00:00:00Z",
        seen: ["participantAdded", "topicUpdated", "first", "second", "participantAdded"]),
      Case(
        testDescription: "null", time: .null, told: "1970-01-01T00:00:00Z",
        seen: ["participantAdded", "topicUpdated", "first", "second", "participantAdded"]),
      Case(
        testDescription: "before the thread", time: "2020-01-01T00:00:00Z",
        told: "2020-01-01T00:00:00Z",
        seen: ["participantAdded", "topicUpdated", "first", "second", "participantAdded"]),
      Case(
        testDescription: "the moment of a message, to the microsecond and with an offset",
        time: "2026-11-21T03:30:17.000000+01:00", told: "2026-11-21T02:30:17Z",
        seen: ["second", "participantAdded"]),
      Case(
        testDescription: "a millisecond after a message", time: "2026-11-21T02:30:17.001Z",
        told: "2026-11-21T02:30:17Z", seen: ["participantAdded"]),
      Case(
        testDescription: "now", time: "2026-11-21T02:30:27Z", told: "2026-11-21T02:30:27Z",
        seen: ["participantAdded"]),
      Case(
        testDescription: "in a minute", time: "2026-11-21T02:31:27Z",
        told: "2026-11-21T02:31:27Z", seen: []),
    ])
  func times(_ one: Case) throws {
    #expect(add(one.time).status == 201)
    #expect(try seen() == one.seen)
    let people = try bench.page(
      bench.chat.participants(of: thread), as: alice, of: ChatParticipantModel.self
    ).value
    #expect(people.map { $0.shareHistoryTime?.text } == ["1970-01-01T00:00:00Z", one.told])
    // What comes afterwards is for everybody, but for whom the time is still to come.
    bench.clock.advance(by: .seconds(1))
    try bench.say("third", as: alice, in: thread)
    #expect(try seen() == (one.testDescription == "in a minute" ? [] : one.seen + ["third"]))
  }

  @Test("what is no time is refused, and nobody is added", arguments: ["soon", 7] as [JSONValue])
  func bad(time: JSONValue) {
    #expect(add(time).status == 400)
    #expect(bench.send(bench.chat.thread(thread), as: bob).status == 403)
  }

  @Test("a hidden message is hidden from every operation")
  func hidden() throws {
    #expect(add("2026-11-21T02:30:12Z").status == 201)
    for (id, status) in [(first, 404), (second, 200)] {
      #expect(bench.send(bench.chat.message(id, in: thread), as: bob).status == status)
      #expect(
        bench.send(bench.chat.sendReadReceipt(for: id, in: thread), as: bob).status == status)
    }
    for request in [
      bench.chat.updateMessage(first, in: thread, content: "x"),
      bench.chat.deleteMessage(first, in: thread),
    ] {
      expectChatError(
        bench.send(request, as: bob), 404, "NotFound",
        "The specified message id was not found.")
    }
  }

  @Test("startTime takes nothing back, nor do pages go further than the history")
  func pages() throws {
    #expect(add("2026-11-21T02:30:12Z").status == 201)
    var request = bench.chat.messages(in: thread, maxPageSize: 1, startTime: .epoch)
    var seen: [String] = []
    while true {
      let page = try bench.page(request, as: bob, of: ChatMessageModel.self)
      seen += page.value.map { $0.content?.message ?? $0.type }
      guard let link = page.nextLink else { break }
      request = try bench.chat.next(link)
    }
    #expect(seen == ["participantAdded", "second"])
  }

  @Test(
    "who is there already gets no more history by being added again, but after having been removed")
  func again() throws {
    #expect(add("2026-11-21T02:30:27Z").status == 201)
    #expect(try seen() == ["participantAdded"])
    #expect(add("2026-11-21T02:30:12Z").status == 201)
    #expect(try seen() == ["participantAdded"])
    bench.send(bench.chat.removeParticipant(bob.id, from: thread), as: alice)
    #expect(add("2026-11-21T02:30:12Z").status == 201)
    #expect(try seen().contains("second"))
  }
}
