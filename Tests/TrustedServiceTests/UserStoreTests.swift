import ACSTypes
import Executor
import FoundationEssentials
import PostgresDatabase
import Services
import TestKit
import Testing

@testable import TrustedService

@Suite("Stores of users")
struct UserStoreTests {
  @Test("SQLite in memory", arguments: StoreBehaviour.all)
  func memory(behaviour: StoreBehaviour) async throws {
    try await behaviour.check(SQLiteUserStore(path: nil))
  }

  @Test("a store in memory keeps the newest tokens on record, and no more than it may")
  func limited() async throws {
    let store = try SQLiteUserStore(path: nil)
    let alice = try await store.make("alice")
    let limit = SQLiteUserStore.recordLimitInMemory
    for time in 1...(limit + 5) {
      _ = try await store.record(.token(of: alice, named: "alice", at: time))
    }
    let kept = try await store.tokens(of: .name("alice"), limit: 99_999)
    #expect(kept.count == Int(limit))
    #expect(kept.first?.issuedOn.milliseconds == limit + 5)
  }

  @Test("SQLite in a file", arguments: StoreBehaviour.all)
  func file(behaviour: StoreBehaviour) async throws {
    let folder = try TestFolder()
    try await behaviour.check(SQLiteUserStore(path: folder.path("users.sqlite")))
  }

  @Test(
    "PostgreSQL", .enabled(if: TestPostgres.isThere, "CONFAB_TEST_POSTGRES names no server"),
    arguments: StoreBehaviour.all)
  func postgres(behaviour: StoreBehaviour) async throws {
    let database = try await TestPostgres()
    try await behaviour.check(database.store())
  }
}

/// A schema of the test's own on the server that `CONFAB_TEST_POSTGRES` names.
struct TestPostgres {
  private static let variable = ProcessInfo.processInfo.environment["CONFAB_TEST_POSTGRES"]

  static var isThere: Bool { variable != nil }

  let address: PostgresAddress

  init() async throws {
    let server = try #require(TestPostgres.variable)
    let schema = "test_\(UInt64.random(in: 0...UInt64.max))"
    address = try PostgresAddress(Secret("\(server)?options=-csearch_path%3D\(schema)"))
    let pool = try PostgresPool(
      PostgresAddress(Secret(server)), schema: PostgresSchema(name: "test", steps: []),
      connections: 1)
    try await pool.run { connection throws(StoreError) in
      _ = try connection.run("SELECT set_config('test.schema', $1, false)", schema)
      _ = try connection.run(
        "DO $$ BEGIN EXECUTE 'CREATE SCHEMA ' || current_setting('test.schema'); END $$")
    }
  }

  /// A store as one instance of the service has it.
  func store(timer: any Services.Timer = SystemTimer()) throws -> PostgresUserStore {
    try PostgresUserStore(address, random: SystemRandom(), timer: timer, connections: 2)
  }
}

/// A folder of the test's own, gone after it.
final class TestFolder: Sendable {
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "confab-users-\(UInt64.random(in: 0...UInt64.max))").path()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { "\(folder)/\(name)" }
}
