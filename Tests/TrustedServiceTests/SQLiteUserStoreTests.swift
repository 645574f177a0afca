import ACSTypes
import FoundationEssentials
import SQLiteDatabase
import Services
import Testing

@testable import TrustedService

@Suite("Users in a SQLite file")
struct SQLiteUserStoreTests {
  /// The first form of the file: the users alone, and no version.
  private static let first = SQLiteSchema(
    name: "x", program: "x", unversionedTables: ["users"], steps: [])

  private func makeFirst(_ path: String) throws {
    let connection = try SQLiteConnection(path: path, schema: SQLiteUserStoreTests.first)
    try connection.run(
      """
      CREATE TABLE users (
        identity TEXT PRIMARY KEY, caller_key TEXT UNIQUE, display_name TEXT NOT NULL,
        display_key TEXT NOT NULL, created_on INTEGER NOT NULL
      ) WITHOUT ROWID
      """)
    try connection.run(
      "INSERT INTO users VALUES ('8:acs:0_1', 'alice', 'Alice', 'alice', 5), ('8:acs:0_2', NULL, '', '', 6)"
    )
  }

  @Test("a file from before versions were counted keeps its people")
  func older() async throws {
    let folder = try TestFolder()
    let path = folder.path("users.sqlite")
    try makeFirst(path)
    for _ in 1...2 {
      let store = try SQLiteUserStore(path: path)
      let users = try await store.users(after: nil, limit: 9)
      #expect(users.map(\.name) == ["alice", nil])
      #expect(users.map(\.createdOn.milliseconds) == [5, 6])
      let alice = try #require(try await store.person(named: "alice"))
      #expect(try await store.record(.token(of: alice, named: "alice", at: 1)))
    }
  }

  @Test("a file of a newer version or of something else is refused and left as it is")
  func strangers() throws {
    let folder = try TestFolder()
    let newer = folder.path("newer.sqlite")
    try makeFirst(newer)
    try SQLiteConnection(path: newer, schema: SQLiteUserStoreTests.first)
      .run("PRAGMA user_version = 99")
    let other = folder.path("other.sqlite")
    try makeFirst(other)
    try SQLiteConnection(path: other, schema: SQLiteUserStoreTests.first)
      .run("CREATE TABLE strangers (a)")
    let text = folder.path("notes.txt")
    try Data(String(repeating: "no database ", count: 200).utf8).write(to: URL(filePath: text))
    for (path, code) in [(newer, StoreError.Code.newer), (other, .damaged), (text, .damaged)] {
      let before = try Data(contentsOf: URL(filePath: path))
      for open in [
        { try SQLiteUserStore(path: path) }, { try SQLiteUserStore(reading: path) },
      ] {
        let error = #expect(throws: StoreError.self) { try open() }
        #expect(error?.code == code)
        #expect(error?.message.contains(path) == true)
      }
      #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }
  }

  @Test("what was recorded is in the files when the process is killed")
  func killed() async throws {
    let folder = try TestFolder()
    let path = folder.path("users.sqlite")
    let store = try SQLiteUserStore(path: path)
    let alice = try await store.make("alice")
    for time in Int64(1)...20 {
      _ = try await store.record(.token(of: alice, named: "alice", at: time))
    }
    // The files as a killed process leaves them: nothing was closed.
    for suffix in ["", "-wal"] {
      try Data(contentsOf: URL(filePath: path + suffix))
        .write(to: URL(filePath: folder.path("after.sqlite" + suffix)))
    }
    let after = try SQLiteUserStore(path: folder.path("after.sqlite"))
    #expect(try await after.tokens(of: .name("alice"), limit: 99).count == 20)
  }

  @Test("somebody else reads and writes beside the one who has it open")
  func beside() async throws {
    let folder = try TestFolder()
    let path = folder.path("users.sqlite")
    let service = try SQLiteUserStore(path: path)
    let alice = try await service.make("alice")
    let reader = try SQLiteUserStore(reading: path)
    #expect(try await reader.person(named: "alice") == alice)
    await #expect(throws: StoreError.self) { try await reader.make("bob") }
    let command = try SQLiteUserStore(path: path)
    #expect(try await command.beginErasure(of: alice.identifier, now: .epoch))
    #expect(try await service.person(named: "alice") == nil)
    #expect(try await reader.person(named: "alice") == nil)
  }

  @Test("of who was erased no byte is left in the files")
  func forgotten() async throws {
    let folder = try TestFolder()
    let path = folder.path("users.sqlite")
    let store = try SQLiteUserStore(path: path)
    let person = try await store.make("rumpelstiltskin", "Rumpelstiltskin")
    _ = try await store.make("bob")
    _ = try await store.record(.token(of: person, named: "rumpelstiltskin", at: 1))
    func isFound() throws -> Bool {
      try ["", "-wal"].contains { suffix in
        let bytes = try Data(contentsOf: URL(filePath: path + suffix))
        return String(decoding: bytes, as: UTF8.self).lowercased().contains("rumpelstiltskin")
      }
    }
    #expect(try isFound())
    _ = try await store.beginErasure(of: person.identifier, now: .epoch)
    try await store.endErasure(of: person.identifier)
    #expect(try !isFound())
  }
}
