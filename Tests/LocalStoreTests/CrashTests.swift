import ACSTypes
import FoundationEssentials
import SQLiteDatabase
import Services
import Testing

@testable import LocalStore

@Suite("A local history whose process ends in the midst")
struct CrashTests {
  private let folder = HistoryFolder()

  /// Makes sure that save `last` and all before it are here whole, and nothing half.
  ///
  /// - Returns: The last save that is here, which may have had no time to say so.
  private func check(atLeast last: Int) async throws -> Int {
    do {
      let connection = try SQLiteConnection(
        path: folder.file.path, schema: SQLiteHistoryStore.schema, access: .shared)
      #expect(try connection.run("PRAGMA integrity_check").map { $0.text(0) } == ["ok"])
      for part in try connection.run("SELECT number FROM parts") {
        try connection.run(
          "INSERT INTO words_# (words_#) VALUES ('integrity-check')", table: part.integer(0))
      }
    }
    let store = try SQLiteHistoryStore(folder.file)
    let outbox = try await store.load().outbox
    guard let wish = outbox.last else {
      #expect(last < 0)
      return -1
    }
    #expect(outbox.count == 1)
    let newest = try #require(Int(wish.clientID.dropFirst(5)))
    #expect(newest >= last && newest <= last + 1)
    var count = 0
    for number in 0..<7 {
      let id = ChatThreadID("19:made-up-thread-of-the-history-\(number)@thread.v2")
      let messages = try await store.messages(in: id, before: nil, limit: .max)
      count += messages.count
      // The first of each save is deleted by the next one.
      for message in messages where message.id.place % 10_000 == 0 {
        let save = Int((message.id.place - 1_700_000_000_000) / 10_000)
        #expect((message.deletedOn != nil) == (save < newest))
      }
    }
    #expect(count == (newest + 1) * 10)
    let found = try await store.search("word9", in: nil, before: nil, limit: .max)
    #expect(found.count == newest + 1)
    #expect(try await store.search("word0", in: nil, before: nil, limit: .max).count == 1)
    return newest
  }

  @Test("after each of 40 kills everything that was said to be safe is here, and nothing half")
  func killed() async throws {
    var newest = -1
    for round in 0..<40 {
      let child = try Child(folder.file.path, options: ["--from", "\(newest + 1)"])
      let first = child.lines(1 + round % 3)
      let rest = child.kill(after: .random(in: 0...20_000))
      let said = (first + rest).compactMap(Int.init)
      #expect(said.count == (first + rest).count, "\(first + rest)")
      newest = try await check(atLeast: said.last ?? newest)
    }
    #expect(newest > 40)
  }

  @Test("a full disk is an error that says so, and what was safe before stays")
  func full() async throws {
    let child = try Child(folder.file.path, options: ["--most", "600"])
    let lines = child.end()
    let said = lines.compactMap(Int.init)
    #expect(said.count > 3)
    #expect(lines.count == said.count + 1)
    let error = try #require(lines.last)
    #expect(error.contains(folder.file.path) && error.contains("space left"), "\(error)")
    let newest = try await check(atLeast: said.last ?? -1)
    // With room again it goes on.
    let other = try Child(folder.file.path, options: ["--from", "\(newest + 1)"])
    #expect(other.lines(3) == (1...3).map { String(newest + $0) })
    _ = other.kill(after: 0)
  }
}
