import ACSTypes
import PostgresDatabase
import Services
import Synchronization
import Testing

@testable import TrustedService

@Suite(
  "Claims of several instances",
  .enabled(if: TestPostgres.isThere, "CONFAB_TEST_POSTGRES names no server"))
struct ClaimTests {
  /// Lets no time pass, but counts; after some waits something happens.
  private final class CountingTimer: Services.Timer {
    let waits = Mutex(0)
    let limit: Int
    let happening: @Sendable () async throws -> Void

    init(limit: Int, _ happening: @escaping @Sendable () async throws -> Void) {
      self.limit = limit
      self.happening = happening
    }

    func wait(_ duration: Duration) async throws {
      let count = waits.withLock { count in
        count += 1
        return count
      }
      if count == limit { try await happening() }
    }
  }

  private let alice = Person(identifier: .numbered("1"), displayName: "Alice")

  @Test("the second one waits for the first, and is told its identity")
  func waiting() async throws {
    let database = try await TestPostgres()
    let first = try database.store()
    #expect(try await first.claim("alice", replacing: nil) == .granted)
    let alice = alice
    let timer = CountingTimer(limit: 3) {
      _ = try await first.add(alice, name: "alice", replacing: nil, now: .epoch)
    }
    let second = try database.store(timer: timer)
    #expect(try await second.claim("Alice", replacing: nil) == .known(alice))
    #expect(timer.waits.withLock { $0 } == 3)
  }

  @Test("a claim that was given back is granted to the next")
  func released() async throws {
    let database = try await TestPostgres()
    let first = try database.store()
    #expect(try await first.claim("alice", replacing: nil) == .granted)
    let timer = CountingTimer(limit: 1) { try await first.release("alice") }
    let second = try database.store(timer: timer)
    #expect(try await second.claim("alice", replacing: nil) == .granted)
    #expect(timer.waits.withLock { $0 } == 1)
  }

  @Test("nobody waits for ever for an instance that lives and does nothing")
  func patience() async throws {
    let database = try await TestPostgres()
    #expect(try await database.store().claim("alice", replacing: nil) == .granted)
    let timer = CountingTimer(limit: 0) {}
    let second = try database.store(timer: timer)
    let error = await #expect(throws: StoreError.self) {
      try await second.claim("alice", replacing: nil)
    }
    #expect(error?.code == .unavailable)
    #expect(timer.waits.withLock { $0 } > 50)
  }

  @Test("a claim that lapsed is another's, and who comes too late takes the other's identity")
  func lapsed() async throws {
    let database = try await TestPostgres()
    let first = try database.store()
    #expect(try await first.claim("alice", replacing: nil) == .granted)
    try await first.pool.run { connection throws(StoreError) in
      _ = try connection.run("UPDATE confab_claims SET lapses_on = now() - interval '1 second'")
    }
    let second = try database.store()
    #expect(try await second.claim("alice", replacing: nil) == .granted)
    #expect(try await second.add(alice, name: "alice", replacing: nil, now: .epoch) == alice)
    let late = Person(identifier: .numbered("late"), displayName: "Alice")
    #expect(try await first.add(late, name: "alice", replacing: nil, now: .epoch) == alice)
    #expect(try await first.person(with: late.identifier) == nil)
  }

  @Test("instances that start at once make the tables once; a newer version's are left as they are")
  func tables() async throws {
    let database = try await TestPostgres()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 1...4 { group.addTask { try await database.store().check() } }
      try await group.waitForAll()
    }
    try await database.store().pool.run { connection throws(StoreError) in
      _ = try connection.run("UPDATE confab_versions SET version = 99")
    }
    let error = #expect(throws: StoreError.self) { try database.store() }
    #expect(error?.code == .newer)
  }
}
