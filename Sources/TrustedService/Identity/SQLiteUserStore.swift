public import ACSTypes
public import Services
import SQLiteDatabase

/// The users in a SQLite file, for one instance of the service; its commands may use the file beside it.
///
/// A read is one look on the caller's thread; writes that come together share one commit (`GroupCommit`).
public final class SQLiteUserStore: UserStore {
  let database: GroupCommit
  /// How many tokens are on record at most, so that they never fill the memory; `nil` in a file, for all of them.
  let recordLimit: Int64?
  /// The limit of a store in memory.
  static let recordLimitInMemory: Int64 = 10_000

  /// Opens the store in the file at `path`, made when absent, or in memory for `nil`.
  ///
  /// - Throws: `StoreError`; the file is not changed then.
  public init(path: String?) throws(StoreError) {
    database = try GroupCommit(path: path, schema: SQLiteUserStore.schema)
    recordLimit = path == nil ? SQLiteUserStore.recordLimitInMemory : nil
  }

  /// Opens the store at `path` to be read only, also while a service uses it.
  public init(reading path: String) throws(StoreError) {
    database = try GroupCommit(reading: path, schema: SQLiteUserStore.schema)
    recordLimit = nil
  }

  /// The person who goes by `name`; `nil` when nobody does.
  public func person(named name: CallerName) async throws(StoreError) -> Person? {
    try database.read { connection throws(StoreError) in
      try connection.run("SELECT identity, display_name FROM users WHERE caller_key = ?", name.key)
        .first.map { Person($0) }
    }
  }

  /// The person with `identity`; `nil` when this service did not make it.
  public func person(
    with identity: CommunicationIdentifier
  ) async throws(StoreError) -> Person? {
    try database.read { connection throws(StoreError) in
      try connection.run(
        "SELECT identity, display_name FROM users WHERE identity = ?", identity.rawID
      ).first.map { Person($0) }
    }
  }

  /// Grants it to everybody: one process lets one task ask for a name at a time.
  public func claim(
    _ name: CallerName, replacing old: CommunicationIdentifier?
  ) async throws(StoreError) -> NameClaim {
    guard let known = try await person(named: name), known.identifier != old else {
      return .granted
    }
    return .known(known)
  }

  /// Does nothing: claims are not kept.
  public func release(_ name: CallerName) async throws(StoreError) {}

  /// Keeps a new identity, unless another one than `old` has the name by now.
  public func add(
    _ person: Person, name: CallerName?, replacing old: CommunicationIdentifier?, now: Timestamp
  ) async throws(StoreError) -> Person {
    try await database.write { connection throws(StoreError) in
      if let name {
        let row = try connection.run(
          "SELECT identity, display_name FROM users WHERE caller_key = ?", name.key
        ).first
        if let known = row.map({ Person($0) }) {
          guard known.identifier == old else { return known }
          try connection.run("DELETE FROM users WHERE identity = ?", known.identifier.rawID)
        }
      }
      try connection.run(
        """
        INSERT INTO users (identity, caller_key, display_name, display_key, created_on)
        VALUES (?, ?, ?, ?, ?)
        """,
        person.identifier.rawID, name?.key, person.displayName, person.displayName.lowercased(),
        now)
      return person
    }
  }

  /// Changes the name to show.
  public func rename(
    _ identity: CommunicationIdentifier, to displayName: String
  ) async throws(StoreError) {
    try await database.write { connection throws(StoreError) in
      try connection.run(
        "UPDATE users SET display_name = ?, display_key = ? WHERE identity = ?",
        displayName, displayName.lowercased(), identity.rawID)
    }
  }

  /// Whether the file can be read.
  public func check() async throws(StoreError) {
    try database.read { connection throws(StoreError) in
      _ = try connection.run("SELECT 1 FROM users LIMIT 1")
    }
  }
}
