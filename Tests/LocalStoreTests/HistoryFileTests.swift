import ACSTypes
import FoundationEssentials
import SQLiteDatabase
import Services
import Testing

@testable import LocalStore

@Suite("The file of the local history")
struct HistoryFileTests {
  private let folder = HistoryFolder()

  private func mode(_ path: String) throws -> Int {
    let value = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    return try #require(value as? Int)
  }

  @Test("only its owner can read it, or list its folder")
  func modes() async throws {
    let store = try SQLiteHistoryStore(folder.file)
    try await store.save([.messages(general, [text(1, "x")])])
    #expect(try mode(folder.path) == 0o700)
    for suffix in ["", "-wal", "-shm"] { #expect(try mode(folder.file.path + suffix) == 0o600) }
  }

  @Test("one that others could read is closed to them")
  func closed() throws {
    _ = try SQLiteHistoryStore(folder.file)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: folder.file.path)
    _ = try SQLiteHistoryStore(folder.file)
    #expect(try mode(folder.file.path) == 0o600)
  }

  @Test("its name is another for each account and shows nothing of it")
  func names() {
    let accounts = [
      ("https://a.example", ann), ("https://a.example", bob), ("https://b.example", ann),
      ("https://a.exampl", CommunicationIdentifier(rawID: "e" + ann.rawID)),
    ]
    let names = accounts.map {
      HistoryFile(folder: "/f", endpoint: $0.0, user: $0.1).path.dropFirst(3)
    }
    #expect(Set(names).count == 4)
    for name in names {
      #expect(name.utf8.count == 40 && name.hasSuffix(".history"))
      #expect(name.dropLast(8).allSatisfy { $0.isHexDigit })
    }
    let again = HistoryFile(folder: "/f", endpoint: "https://A.example", user: ann)
    #expect(again.path.dropFirst(3) == names[0])
    // The published value of FNV-1a for an "a"; a name once given must stay.
    #expect(Fingerprint(of: "a").text == "d228cb696f1a8caf78912b704e4a8964")
  }

  @Test(
    "a file of something else is refused and left as it is",
    arguments: [
      (
        "no database at all, but long enough to have a header of a hundred bytes, which SQLite reads first, always",
        StoreError.Code.damaged
      ),
      ("", nil),
    ])
  func foreign(content: String, code: StoreError.Code?) throws {
    try folder.file.prepare()
    let bytes = Data(content.utf8)
    try bytes.write(to: URL(filePath: folder.file.path))
    guard let code else {
      _ = try SQLiteHistoryStore(folder.file)
      return
    }
    let error = #expect(throws: StoreError.self) { try SQLiteHistoryStore(folder.file) }
    #expect(error?.code == code)
    #expect(error?.message.contains("left as it is") == true)
    #expect(FileManager.default.contents(atPath: folder.file.path) == bytes)
  }

  @Test("a newer version's file and another program's are refused and left as they are")
  func newer() throws {
    try folder.file.prepare()
    for (isNewer, code) in [(true, StoreError.Code.newer), (false, .damaged)] {
      try? FileManager.default.removeItem(atPath: folder.file.path)
      var schema = SQLiteSchema(name: "x", program: "x", steps: [["CREATE TABLE things (x)"]])
      if isNewer { schema.steps += Array(repeating: [], count: 99) }
      do {
        let connection = try SQLiteConnection(path: folder.file.path, schema: schema)
        if !isNewer { try connection.run("PRAGMA user_version = 0") }
      }
      let bytes = FileManager.default.contents(atPath: folder.file.path)
      let error = #expect(throws: StoreError.self) { try SQLiteHistoryStore(folder.file) }
      #expect(error?.code == code)
      #expect(error?.message.contains("--data") == false)
      #expect(FileManager.default.contents(atPath: folder.file.path) == bytes)
    }
  }

  @Test(
    "the file of a version before is brought up, and its threads are whole",
    arguments: [1, 2, 3, 4])
  func older(steps: Int) async throws {
    try folder.file.prepare()
    var schema = SQLiteHistoryStore.schema
    schema.steps.removeLast(schema.steps.count - steps)
    var kept = thread(general, received: 100)
    kept.unreadCount = 3
    do {
      let connection = try SQLiteConnection(path: folder.file.path, schema: schema)
      try connection.run(
        "INSERT INTO threads (id, draft, record) VALUES (?, 'half a th', ?)", general.rawValue,
        kept.record)
      // What was added to it since is not there.
      if steps >= 3 {
        kept.countedUpTo = 100_999
        try connection.run("UPDATE threads SET unread = ?", Array(kept.unread.dropLast()))
      }
    }
    let store = try SQLiteHistoryStore(folder.file)
    var wanted = kept
    wanted.draft = "half a th"
    // It told no more than the second of the last one.
    wanted.countedUpTo = 100_999
    #expect(try await store.load().threads == [wanted])
    wanted.standing = .removed
    wanted.removedBy = bob
    wanted.unreadCount = 5
    wanted.unreadPlaces = [101_000, 102_001]
    try await store.save([.thread(wanted)])
    #expect(try await store.load().threads == [wanted])
  }

  @Test(
    "the words of a file of a version before are taken in anew, and nothing of the old ones stays")
  func olderWords() async throws {
    try folder.file.prepare()
    var schema = SQLiteHistoryStore.schema
    schema.steps.removeLast()
    let texts = ["ΚΑΛΟΣ", "مُحَمَّد", "🥺", "plain words"]
    do {
      let connection = try SQLiteConnection(path: folder.file.path, schema: schema)
      try connection.run("INSERT INTO threads (number, id) VALUES (1, ?)", general.rawValue)
      // Two parts, the second for the last two messages.
      for (part, start) in [(Int64(1), Int64.min), (2, 3)] {
        try connection.run("INSERT INTO parts VALUES (?, ?, 2)", part, start)
        try connection.run(
          """
          CREATE VIRTUAL TABLE words_# USING fts5(
            body, thread, content='', columnsize=0,
            tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co So'")
          """, table: part)
      }
      for (number, shown) in zip(Int64(1)..., texts) {
        let message = text(number, shown)
        try connection.run(
          "INSERT INTO messages VALUES (?, 1, ?, '', ?, 0, 1, 1, ?, ?, ?, NULL)", number, number,
          number, message.createdOn, message.record, message.body)
        try connection.run(
          "INSERT INTO words_# (rowid, body, thread) VALUES (?, ?, '1')", table: (number + 1) / 2,
          number, shown + " sediment")
      }
    }
    #expect(folder.holds("sediment"))
    for _ in 0..<2 {
      let store = try SQLiteHistoryStore(folder.file)
      for (number, wanted) in zip(Int64(1)..., ["καλος", "محمد", "🥺", "plain wo"]) {
        let hits = try await store.search(wanted, in: nil, before: nil, limit: 9)
        #expect(hits.map(\.message.id.place) == [number])
      }
      #expect(try await store.search("sediment", in: nil, before: nil, limit: 9).isEmpty)
    }
    let store = try SQLiteHistoryStore(folder.file)
    try await store.save([
      .messages(general, (1...4).map { text($0, "", version: 9, deleted: true) })
    ])
    for word in texts + ["sediment", "καλοσ", "محمد"] { #expect(!folder.holds(word)) }
    let second = try SQLiteHistoryStore(folder.file)
    #expect(try await second.search("plain", in: nil, before: nil, limit: 9).isEmpty)
  }

  @Test("bytes damaged in the midst of a file are reported, whatever they are", arguments: 0..<30)
  func damaged(seed: UInt64) async throws {
    do {
      let store = try SQLiteHistoryStore(folder.file)
      try await store.save([
        .thread(thread(general)),
        .messages(general, (1...300).map { text($0 * 1000, "word \($0)") }),
      ])
    }
    var bytes = try #require(FileManager.default.contents(atPath: folder.file.path))
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 { bytes[.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255) }
    try bytes.write(to: URL(filePath: folder.file.path))
    // Damage may go unseen; it must never end the process.
    do {
      let store = try SQLiteHistoryStore(folder.file)
      _ = try await store.load()
      _ = try await store.messages(in: general, before: nil, limit: 1000)
      _ = try await store.search("word", in: nil, before: nil, limit: 1000)
      try await store.save([.messages(general, [text(5, "new")])])
    } catch {
      #expect(error is StoreError)
      #expect(
        "\(error)".contains("Move") || "\(error)".contains("move") || "\(error)".contains("Check"))
    }
  }

  @Test("a folder or a pipe in its place is refused")
  func noFile() throws {
    try FileManager.default.createDirectory(
      atPath: folder.file.path, withIntermediateDirectories: true)
    let error = #expect(throws: StoreError.self) { try SQLiteHistoryStore(folder.file) }
    #expect(error?.code == .unusable)
  }

  @Test("two processes' stores write at the same time and see each other's changes")
  func shared() async throws {
    let stores = [try SQLiteHistoryStore(folder.file), try SQLiteHistoryStore(folder.file)]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, store) in stores.enumerated() {
        group.addTask {
          for step in Int64(0)..<60 {
            try await store.save([
              .messages(general, [text(step * 10 + Int64(number) + 1, "word of \(number)")])
            ])
          }
        }
      }
      try await group.waitForAll()
    }
    for store in stores {
      #expect(try await store.messages(in: general, before: nil, limit: 999).count == 120)
      #expect(try await store.search("word", in: nil, before: nil, limit: 999).count == 120)
    }
  }
}
