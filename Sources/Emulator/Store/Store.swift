import CSQLite

/// What the emulator keeps: in a file, or in memory.
///
/// In a file a write is on the disk when its transaction returns, so that what was acknowledged outlives a killed
/// process. The tables' statements stand in the feature folders, one `Store+….swift` each.
final class Store {
  /// Raised with each change of the tables; a file with a higher one is refused.
  static let version: Int64 = 1

  let connection: SQLiteConnection

  /// Opens the store at `path`, made when absent, or one in memory for `nil`.
  ///
  /// - Throws: ``StoreError``; the file is not changed then.
  init(path: String?) throws(StoreError) {
    do throws(StoreError) {
      connection = try SQLiteConnection(path: path)
      if path != nil {
        try connection.run("PRAGMA locking_mode = EXCLUSIVE")
        // Reading first leaves a file that is not ours untouched.
        try Store.check(connection)
        try connection.run("PRAGMA journal_mode = WAL")
        try connection.run("PRAGMA synchronous = FULL")
      }
      try connection.run("PRAGMA foreign_keys = ON")
      try connection.run("BEGIN EXCLUSIVE")
      try Store.check(connection)
      try Store.makeTables(connection)
      try connection.run("COMMIT")
    } catch {
      guard let path else { throw error }
      throw StoreError(
        error.code, error.message.replacing("The emulator's store", with: path))
    }
  }

  /// Does `body` whole or not at all.
  func transaction<Success>(_ body: () throws -> Success) throws -> Success {
    try connection.run("BEGIN IMMEDIATE")
    do {
      let success = try body()
      try connection.run("COMMIT")
      return success
    } catch {
      // When COMMIT itself failed, SQLite may have rolled back already.
      _ = try? connection.run("ROLLBACK")
      throw error
    }
  }

  /// A fact about the resource: its id, the key of its tokens.
  func fact(_ name: String) throws(StoreError) -> String? {
    try connection.run("SELECT value FROM facts WHERE name = ?", name).first?.text(0)
  }

  /// Keeps a fact about the resource.
  func keepFact(_ name: String, _ value: String) throws(StoreError) {
    try connection.run("INSERT OR REPLACE INTO facts VALUES (?, ?)", name, value)
  }

  private static func check(_ connection: SQLiteConnection) throws(StoreError) {
    let version = try connection.run("PRAGMA user_version").first?.integer(0) ?? 0
    guard version <= Store.version else {
      throw StoreError(
        .newer,
        "The emulator's store was written by a newer version of the emulator. It was left as it is; "
          + "use that version, or give another --data folder.")
    }
    guard version == 0 else { return }
    // A database of something else has tables and no version of ours.
    let others = try connection.run("SELECT count(*) FROM sqlite_schema").first?.integer(0) ?? 0
    guard others == 0 else {
      throw StoreError(
        .damaged,
        "The emulator's store is a database of something else. It was left as it is; give another "
          + "--data folder.")
    }
  }

  private static func makeTables(_ connection: SQLiteConnection) throws(StoreError) {
    guard try connection.run("PRAGMA user_version").first?.integer(0) == 0 else { return }
    try connection.run("CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    try connection.run(
      """
      CREATE TABLE identities (
        id TEXT PRIMARY KEY, created_on INTEGER NOT NULL, deleted_on INTEGER,
        generation INTEGER NOT NULL
      ) WITHOUT ROWID
      """)
    try connection.run(
      """
      CREATE TABLE threads (
        id TEXT PRIMARY KEY, topic TEXT NOT NULL, created_on INTEGER NOT NULL,
        created_by TEXT NOT NULL, deleted_on INTEGER, last_message_on INTEGER,
        changed_on INTEGER NOT NULL UNIQUE, last_sequence INTEGER NOT NULL,
        last_id INTEGER NOT NULL
      ) WITHOUT ROWID
      """)
    try connection.run(
      """
      CREATE TABLE participants (
        thread TEXT NOT NULL REFERENCES threads, identity TEXT NOT NULL, place INTEGER NOT NULL,
        display_name TEXT, share_history_time INTEGER NOT NULL,
        PRIMARY KEY (thread, identity)
      ) WITHOUT ROWID
      """)
    try connection.run("CREATE INDEX participants_by_identity ON participants (identity)")
    try connection.run(
      """
      CREATE TABLE messages (
        thread TEXT NOT NULL REFERENCES threads, id INTEGER NOT NULL, type TEXT NOT NULL,
        sequence INTEGER NOT NULL, version INTEGER NOT NULL, content TEXT NOT NULL,
        sender TEXT, display_name TEXT, edited_on INTEGER, deleted_on INTEGER, metadata TEXT,
        PRIMARY KEY (thread, id)
      ) WITHOUT ROWID
      """)
    try connection.run(
      """
      CREATE TABLE receipts (
        thread TEXT NOT NULL REFERENCES threads, identity TEXT NOT NULL,
        message INTEGER NOT NULL, read_on INTEGER NOT NULL,
        PRIMARY KEY (thread, identity)
      ) WITHOUT ROWID
      """)
    try connection.run(
      """
      CREATE TABLE repeatable (
        identity TEXT NOT NULL, request TEXT NOT NULL, body TEXT NOT NULL, thread TEXT NOT NULL,
        made_on INTEGER NOT NULL, PRIMARY KEY (identity, request)
      ) WITHOUT ROWID
      """)
    try connection.run("CREATE TABLE subscriptions (id TEXT PRIMARY KEY, url TEXT NOT NULL)")
    try connection.run("PRAGMA user_version = 1")
  }
}
