import FoundationEssentials
import SQLiteDatabase
import Services
import Testing

@Suite("A SQLite file for many tasks")
struct GroupCommitTests {
  static let schema = SQLiteSchema(
    name: "The numbers", program: "the test",
    steps: [["CREATE TABLE numbers (number INTEGER PRIMARY KEY CHECK (number <> 13))"]])

  private let path = FileManager.default.temporaryDirectory
    .appending(path: "confab-numbers-\(UInt64.random(in: 0...UInt64.max)).sqlite").path()

  private func removeFiles() {
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
  }

  private func numbers(_ database: GroupCommit) throws -> [Int64] {
    try database.read { connection throws(StoreError) in
      try connection.run("SELECT number FROM numbers ORDER BY number").map { $0.integer(0) }
    }
  }

  @Test("a thousand writes at once all come about, and only the wrong one fails")
  func thousand() async throws {
    defer { removeFiles() }
    let database = try GroupCommit(path: path, schema: GroupCommitTests.schema)
    let failed = await withTaskGroup(of: Int?.self) { group in
      for number in 1...1000 {
        group.addTask {
          do {
            try await database.write { connection throws(StoreError) in
              // Something before the mistake, which is to be undone with it.
              try connection.run("INSERT INTO numbers VALUES (?)", -number)
              try connection.run("INSERT INTO numbers VALUES (?)", number)
            }
            return nil
          } catch {
            return number
          }
        }
      }
      return await group.reduce(into: Set<Int>()) { if let number = $1 { $0.insert(number) } }
    }
    #expect(failed == [13])
    #expect(try numbers(database) == (-1000...1000).filter { ![0, 13, -13].contains($0) })
  }

  @Test(
    "what a write wrote is there for whoever reads next, in memory too", arguments: [true, false])
  func visible(isFile: Bool) async throws {
    defer { removeFiles() }
    let database = try GroupCommit(path: isFile ? path : nil, schema: GroupCommitTests.schema)
    for number in Int64(1)...12 {
      let changes = try await database.write { connection throws(StoreError) in
        try connection.run("INSERT INTO numbers VALUES (?)", number)
        return connection.changes
      }
      #expect(changes == 1)
      #expect(try numbers(database).last == number)
    }
  }

  @Test("an exclusive connection lets nobody else in, a shared one does")
  func access() throws {
    defer { removeFiles() }
    do {
      let first = try SQLiteConnection(path: path, schema: GroupCommitTests.schema)
      let error = #expect(throws: StoreError.self) {
        try SQLiteConnection(path: path, schema: GroupCommitTests.schema)
      }
      #expect(error?.code == .locked)
      #expect(error?.message.contains("in use by another the test") == true)
      try first.run("INSERT INTO numbers VALUES (1)")
    }
    let shared = try SQLiteConnection(
      path: path, schema: GroupCommitTests.schema, access: .shared)
    let other = try SQLiteConnection(path: path, schema: GroupCommitTests.schema, access: .shared)
    try shared.run("INSERT INTO numbers VALUES (2)")
    #expect(try other.run("SELECT count(*) FROM numbers").first?.integer(0) == 2)
  }

  @Test("steps are taken once, in their order, all or none")
  func steps() throws {
    defer { removeFiles() }
    var schema = GroupCommitTests.schema
    try SQLiteConnection(path: path, schema: schema).run("INSERT INTO numbers VALUES (1)")
    schema.steps += [["ALTER TABLE numbers ADD word TEXT", "NO STATEMENT AT ALL"]]
    #expect(throws: StoreError.self) { try SQLiteConnection(path: path, schema: schema) }
    schema.steps[1] = ["ALTER TABLE numbers ADD word TEXT", "UPDATE numbers SET word = 'one'"]
    for _ in 1...2 {
      let rows = try SQLiteConnection(path: path, schema: schema)
        .run("SELECT number, word FROM numbers")
      #expect(rows.map { $0.text(1) } == ["one"])
    }
    let error = #expect(throws: StoreError.self) {
      try SQLiteConnection(path: path, schema: GroupCommitTests.schema)
    }
    #expect(error?.code == .newer)
  }
}
