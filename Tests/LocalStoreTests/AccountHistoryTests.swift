import ACSTypes
import FoundationEssentials
import Services
import Testing

@testable import LocalStore

@Suite("The history of whoever uses a configuration")
struct AccountHistoryTests {
  private let folder = HistoryFolder()
  private let alice = CommunicationIdentifier(rawID: "8:acs:aaaa_alice001")
  private let bob = CommunicationIdentifier(rawID: "8:acs:aaaa_bob00002")
  private let thread = ChatThread(id: ChatThreadID("19:a@thread.v2"), topic: "Harbour")

  private func history(userName: String = "alice") -> AccountHistory {
    AccountHistory(
      folder: folder.path, endpoint: "http://127.0.0.1:7750", tokenPlace: "http://t",
      userName: userName)
  }

  @Test("before anybody signed in it is empty and takes nothing")
  func nobody() async throws {
    let history = history()
    #expect(try history.firstScreen(threads: 10, messages: 10) == nil)
    #expect(try await history.load() == StoredHistory())
    await #expect(throws: StoreError.self) {
      try await history.save([.thread(StoredThread(thread: thread))])
    }
  }

  @Test("it is known at the next start whose it is, and what the first screen shows")
  func nextStart() async throws {
    do {
      let history = history()
      #expect(try await history.open(for: alice))
      #expect(try await !history.open(for: alice))
      let message = ChatMessage(
        id: ChatMessageID("5"), sequenceID: 1, version: 5, content: .text("ahoy"),
        sender: bob, createdOn: .epoch)
      try await history.save([
        .thread(StoredThread(thread: thread)), .messages(thread.id, [message]),
      ])
    }
    let screen = try history().firstScreen(threads: 10, messages: 10)
    #expect(screen?.history.account == alice)
    #expect(screen?.history.threads.map(\.thread.topic) == ["Harbour"])
    #expect(screen?.first?.messages.map(\.id.rawValue) == ["5"])
    #expect(try history(userName: "carol").firstScreen(threads: 10, messages: 10) == nil)
  }

  @Test("one in memory is searched like one on the disk, and nobody finds it later")
  func inMemory() async throws {
    let history = AccountHistory()
    #expect(try history.firstScreen(threads: 10, messages: 10) == nil)
    #expect(try await history.open(for: alice))
    let message = ChatMessage(
      id: ChatMessageID("5"), sequenceID: 1, version: 5, content: .text("ahoy"),
      sender: bob, createdOn: .epoch)
    try await history.save([
      .thread(StoredThread(thread: thread)), .messages(thread.id, [message]),
    ])
    #expect(try await history.search("ahoy", in: nil, before: nil, limit: 9).count == 1)
    #expect(try await history.open(for: bob))
    #expect(try await history.load() == StoredHistory(account: bob))
    #expect(try await AccountHistory().load() == StoredHistory())
  }

  @Test("somebody else's sign-in turns to a file of theirs")
  func another() async throws {
    let history = history()
    _ = try await history.open(for: alice)
    try await history.save([.thread(StoredThread(thread: thread))])
    #expect(try await history.open(for: bob))
    #expect(try await history.load() == StoredHistory(account: bob))
    #expect(try await history.open(for: alice))
    #expect(try await history.load().threads.count == 1)
  }

  @Test("one process at a time has it")
  func locked() async throws {
    let first = history()
    _ = try await first.open(for: alice)
    let second = history()
    await #expect(throws: StoreError.self) { _ = try await second.open(for: alice) }
    // Another user's is free.
    _ = try await history(userName: "bob").open(for: bob)
    try await first.save([.thread(StoredThread(thread: thread))])
  }
}
