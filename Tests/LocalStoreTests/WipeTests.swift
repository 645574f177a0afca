import ACSTypes
import Testing

@testable import LocalStore

@Suite("What was deleted from the local history")
struct WipeTests {
  private let folder = HistoryFolder()

  enum Way: CaseIterable {
    case deletion, editAndDeletion, forgottenThread, retention
  }

  @Test("a deleted text is in none of the files", arguments: Way.allCases)
  func wiped(way: Way) async throws {
    let store = try SQLiteHistoryStore(folder.file)
    try await store.save([
      .thread(thread(general)),
      .messages(random, (1...200).map { text($0 * 1000 + 500_000, "harmless words \($0)") }),
      .messages(general, [text(7000, "xylophone zebrafish Ξυλόφωνο")]),
    ])
    // As it is written, and as it is compared.
    for word in ["xylophone", "Ξυλόφωνο", "ξυλοφωνο"] { #expect(folder.holds(word)) }
    switch way {
    case .deletion:
      try await store.save([.messages(general, [text(7000, "", deleted: true)])])
    case .editAndDeletion:
      try await store.save([.messages(general, [text(7000, "zebrafish", version: 7001)])])
      try await store.save([.messages(general, [text(7000, "", version: 7002, deleted: true)])])
    case .forgottenThread: try await store.save([.threadForgotten(general)])
    case .retention: try await store.save([.retention(before: Timestamp(seconds: 100))])
    }
    for word in ["xylophone", "ylopho", "zebrafish", "ebrafis", "υλόφωνο", "υλοφωνο"] {
      #expect(!folder.holds(word))
    }
    #expect(folder.holds("harmless"))
    #expect(try await store.search("harmless", in: nil, before: nil, limit: 999).count == 200)
  }
}
