import ACSTypes
import ACSWire
import FoundationEssentials
import TestKit
import Testing

@testable import Emulator

struct SeedTests {
  static let text = """
    {"users": {"alice": "Alice", "bob": {"name": "Bob"}},
     "threads": [{"topic": "Boats", "participants": ["alice", "bob"], "history": [
       {"from": "alice", "text": "one", "minutesAgo": 90, "readBy": ["bob"]},
       {"from": "bob", "text": "two"},
       {"from": "alice", "html": "<b>three</b>", "minutesAgo": 0.5}]}]}
    """

  /// The token of somebody of a seed, by name.
  func user(_ name: String, _ bench: Bench) throws -> User {
    let users = try JSONValue.parse(bench.administer("GET", "/users").body)["value"]?.array ?? []
    let id = users.first { $0["name"]?.string == name }?["id"]?.string
    return try bench.renewed(
      User(id: CommunicationIdentifier(rawID: try #require(id)), token: Secret("")))
  }

  @Test("people and threads are there with their past")
  func planted() throws {
    let bench = try Bench()
    try bench.emulator.plant(try Seed(json: SeedTests.text), now: bench.clock.now)
    let bob = try user("bob", bench)
    let threads = try PageModel<ChatThreadItem>(
      bytes: bench.send(bench.chat.threads(), as: bob).body)
    #expect(threads.value.map(\.topic) == ["Boats"])
    let thread = ChatThreadID(try #require(threads.value.first).id)
    let page = try PageModel<ChatMessageModel>(
      bytes: bench.send(bench.chat.messages(in: thread), as: bob).body)
    #expect(page.value.compactMap { $0.content?.message } == ["<b>three</b>", "two", "one"])
    #expect(
      page.value.map(\.type) == ["html", "text", "text", "topicUpdated", "participantAdded"])
    #expect(page.value.prefix(3).map(\.senderDisplayName) == ["Alice", "Bob", "Alice"])
    let ids = page.value.compactMap { Int64($0.id) }
    let now = bench.clock.now.milliseconds
    #expect(ids.prefix(3) == [now - 30_000, now - 5_399_000, now - 5_400_000])
    let receipts = try PageModel<ReadReceiptModel>(
      bytes: bench.send(bench.chat.readReceipts(in: thread), as: bob).body)
    #expect(receipts.value.map(\.chatMessageID) == [String(ids[2])])
  }

  @Test("a second start plants nothing twice, a reset plants again, and ids stay")
  func again() throws {
    try StoreTests().withFolder { folder in
      let path = "\(folder)/emulator.sqlite"
      var ids: [String] = []
      for seed in [1, 2] as [UInt64] {
        let bench = try Bench(path: path, seed: seed)
        try bench.emulator.plant(try Seed(json: SeedTests.text), now: bench.clock.now)
        for _ in 1...2 {
          let alice = try user("alice", bench)
          let threads = try PageModel<ChatThreadItem>(
            bytes: bench.send(bench.chat.threads(), as: alice).body)
          ids += [alice.id.rawID] + threads.value.map(\.id)
          #expect(bench.administer("POST", "/reset").status == 204)
        }
      }
      #expect(ids.count == 8 && Set(ids).count == 2)
    }
  }

  @Test(
    "what is wrong in a seed is told with its place",
    arguments: [
      (#"{"user": {}}"#, "user", "there is no 'user' here"),
      (#"{"users": ["a"]}"#, "users", "an object"),
      (#"{"users": {"a": {"nam": "A"}}}"#, "users.a.nam", "'nam'"),
      (#"{"users": {"a": {"bot": "parrot"}}}"#, "users.a.bot", "echo"),
      (#"{"users": {"a": {"bot": {"rules": [{"when": "x"}]}}}}"#, "users.a.bot.rules[0]", "reply"),
      (#"{"users": {"a": {"bot": {"after": -1}}}}"#, "users.a.bot.after", "3600"),
      (
        #"{"threads": [{"topic": "x", "participants": ["z"]}]}"#, "threads[0].participants[0]",
        "no z"
      ),
      (
        #"{"threads": [{"topic": "x", "participants": []}]}"#, "threads[0].participants", "somebody"
      ),
      (#"{"users": {"a": "A"}, "threads": [{"participants": ["a"]}]}"#, "threads[0]", "topic"),
      (
        #"{"users": {"a": "A"}, "threads": [{"topic": "x", "participants": ["a", "a"]}]}"#,
        "threads[0].participants[1]", "already"
      ),
      (
        #"{"users": {"a": "A"}, "threads": [{"topic": "x", "participants": ["a"], "history": [{"from": "a"}]}]}"#,
        "threads[0].history[0]", "text or html"
      ),
      (
        #"{"users": {"a": "A"}, "threads": [{"topic": "x", "participants": ["a"], "history": [{"from": "a", "text": "1", "minutesAgo": 1}, {"from": "a", "text": "2", "minutesAgo": 2}]}]}"#,
        "threads[0].history[1].minutesAgo", "order"
      ),
    ])
  func wrong(text: String, path: String, words: String) {
    let error = #expect(throws: SeedError.self) { try Seed(json: text) }
    #expect(error?.path == path)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }
}
