import ACSTypes
import Services
import TestKit
import Testing

@testable import LocalStore

@Suite("Random changes of the local history")
struct RandomChangesTests {
  private static let words = [
    "one", "two", "three", "Ünder", "under", "世界", "界世", "👍", "don't", "on", "t", "NOT", "o",
    "ΚΑΛΟΣ", "καλός", "мой", "мои\u{306}", "한", "\u{1112}\u{1161}\u{11AB}", "שָׁלוֹם", "שלום", "…",
  ]

  @Test("the history on disk is what a simple model says, for any changes", arguments: 0..<40)
  func model(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let folder = HistoryFolder()
    // Few messages a part, so that parts are begun, halved and dropped.
    var store = try SQLiteHistoryStore(folder.file, partCapacity: 8)
    let model = MemoryHistoryStore()
    for step in 0..<60 {
      let changes = (0..<Int.random(in: 1...8, using: &random)).map { _ in change(&random) }
      try await store.save(changes)
      try await model.save(changes)
      if step % 20 == 19 { store = try SQLiteHistoryStore(folder.file, partCapacity: 8) }
      try await compare(store, model, &random, "seed \(seed), step \(step)")
    }
  }

  private func change(_ random: inout SeededRandom) -> HistoryChange {
    let id = ChatThreadID("\(Int.random(in: 0..<4, using: &random))")
    switch Int.random(in: 0..<40, using: &random) {
    case 0: return .threadForgotten(id)
    case 1:
      return .retention(before: Timestamp(milliseconds: .random(in: 0...30_000, using: &random)))
    case 2...5:
      var thread = thread(id, received: .random(in: 0...99, using: &random))
      thread.coverage = [HistoryStretch(oldest: 1, newest: 20_000, reachesBeginning: true)]
      return .thread(thread)
    case 6: return .draft(id, sentence(&random))
    case 7...8:
      // When it was written does not change.
      let number = Int64.random(in: 0..<5, using: &random)
      return .outbox(
        OutboxRecord(
          clientID: "\(number)", thread: id, intent: .send(text: sentence(&random)),
          writtenOn: Timestamp(milliseconds: number / 2)))
    case 9: return .outboxSettled(clientID: "\(Int.random(in: 0..<5, using: &random))")
    case 12: return .listRead
    case 10: return .contact(ann, name: random.next() % 3 == 0 ? "" : sentence(&random))
    case 11:
      let oldest = Int64.random(in: 1...30_000, using: &random)
      let stretch = HistoryStretch(
        oldest: oldest, newest: oldest + .random(in: 0...9000, using: &random),
        reachesBeginning: random.next() % 4 == 0)
      return .stretch(id, stretch)
    default:
      return .messages(
        id, (0..<Int.random(in: 0...6, using: &random)).map { _ in message(&random) })
    }
  }

  private func message(_ random: inout SeededRandom) -> ChatMessage {
    // Mostly new ones, at any place.
    let place = Int64.random(in: 1...80, using: &random) * 500
    var message = text(
      place, sentence(&random), version: .random(in: 1...4, using: &random),
      deleted: random.next() % 6 == 0)
    if random.next() % 4 == 0 { message.content = .html("<p>\(sentence(&random))</p>") }
    if random.next() % 9 == 0 { message.content = .topicUpdated(topic: "one", initiator: nil) }
    return message
  }

  private func sentence(_ random: inout SeededRandom) -> String {
    (0..<Int.random(in: 0...4, using: &random))
      .compactMap { _ in RandomChangesTests.words.randomElement(using: &random) }
      .joined(separator: " ")
  }

  private func compare(
    _ store: SQLiteHistoryStore, _ model: MemoryHistoryStore, _ random: inout SeededRandom,
    _ comment: Comment
  ) async throws {
    let kept = try await store.load()
    let wanted = try await model.load()
    #expect(Set(kept.threads) == Set(wanted.threads), comment)
    #expect(kept.outbox == wanted.outbox, comment)
    #expect(kept.contacts == wanted.contacts, comment)
    for id in (0..<4).map({ ChatThreadID("\($0)") }) {
      let place: Int64? = random.next() % 2 == 0 ? nil : .random(in: 0...40_000, using: &random)
      #expect(
        try await store.messages(in: id, before: place, limit: 50)
          == model.messages(in: id, before: place, limit: 50), comment)
      #expect(
        try await store.messages(in: id, after: place, limit: 50)
          == model.messages(in: id, after: place, limit: 50), comment)
      for thread in [nil, id] {
        let wanted = sentence(&random)
        // Those of one moment in several threads have no order.
        let found = try await store.search(wanted, in: thread, before: place, limit: 9999)
        let expected = try await model.search(wanted, in: thread, before: place, limit: 9999)
        #expect(found.map(\.message.id.place) == expected.map(\.message.id.place), comment)
        #expect(Set(found) == Set(expected), "'\(wanted)' \(comment)")
      }
    }
  }
}
