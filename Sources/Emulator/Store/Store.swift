import ACSTypes
import Services
import SQLiteDatabase

/// What the emulator keeps: in a file, or in memory.
///
/// In a file the transactions of several requests make one batch, which is committed and brought to the disk at once;
/// until then no answer tells of them, so that what was acknowledged outlives a killed process. The tables' statements
/// stand in the feature folders, one `Store+….swift` each.
final class Store {
  /// A new table, or a change of one, is a new step at the end.
  static let schema = SQLiteSchema(
    name: "The emulator's store", program: "confab emulator",
    steps: [
      tables, smsTables, roomTables, chatColumns, peopleTables, realTimeTables,
      changesByParticipant, eventTables,
    ])

  let connection: SQLiteConnection
  /// Where commits go first; `nil` in memory.
  let log: WriteAheadLog?
  /// The batch under way, to which new writes belong.
  private(set) var batch = 1
  /// The batch of the newest write; 0 before the first, and always in memory.
  private(set) var written = 0
  /// The changes that ``written`` knows of.
  private var countedChanges: Int64
  /// When the next thread is to be deleted; `nil` inside while none is, outside while that is not known.
  var nextExpiry: Timestamp??

  /// Opens the store at `path`, made when absent, or one in memory for `nil`.
  ///
  /// - Throws: `StoreError`; the file is not changed then.
  init(path: String?) throws(StoreError) {
    connection = try SQLiteConnection(path: path, schema: Store.schema)
    log = try connection.handOverLog()
    // Of a large store what is looked at often should be at hand: 8 MiB.
    try connection.run("PRAGMA cache_size = -8192")
    countedChanges = connection.allChanges
  }

  /// True when what is kept outlives the program.
  var isDurable: Bool { log != nil }

  /// Does `body` whole or not at all, as a part of the batch under way.
  func transaction<Success>(_ body: () throws -> Success) throws -> Success {
    if log != nil { try connection.beginBatch() }
    return try connection.transaction(body)
  }

  /// Looks whether anything was written since the last look.
  func countWrites() {
    guard log != nil, connection.allChanges != countedChanges else { return }
    countedChanges = connection.allChanges
    written = batch
  }

  /// True while no batch is under way.
  var isQuiet: Bool { !connection.isInTransaction }

  /// Ends the batch under way; what it wrote is on the disk when ``log`` was synced after it.
  ///
  /// - Throws: `StoreError`; nothing of the batch is kept then.
  func commitBatch() throws(StoreError) {
    batch += 1
    nextExpiry = nil
    try connection.commitBatch()
  }

  /// Brings what the log has into the file and empties the log.
  func settle() throws(StoreError) {
    guard log != nil else { return }
    try connection.commitBatch()
    try connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
  }

  /// A fact about the resource: its id, the key of its tokens.
  func fact(_ name: String) throws(StoreError) -> String? {
    try connection.run("SELECT value FROM facts WHERE name = ?", name).first?.text(0)
  }

  /// Keeps a fact about the resource.
  func keepFact(_ name: String, _ value: String) throws(StoreError) {
    try connection.run("INSERT OR REPLACE INTO facts VALUES (?, ?)", name, value)
  }

  private static let tables: [StaticString] = [
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    """
    CREATE TABLE identities (
      id TEXT PRIMARY KEY, created_on INTEGER NOT NULL, deleted_on INTEGER,
      generation INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE threads (
      id TEXT PRIMARY KEY, topic TEXT NOT NULL, created_on INTEGER NOT NULL,
      created_by TEXT NOT NULL, deleted_on INTEGER, last_message_on INTEGER,
      changed_on INTEGER NOT NULL UNIQUE, last_sequence INTEGER NOT NULL,
      last_id INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE participants (
      thread TEXT NOT NULL REFERENCES threads, identity TEXT NOT NULL, place INTEGER NOT NULL,
      display_name TEXT, share_history_time INTEGER NOT NULL,
      PRIMARY KEY (thread, identity)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX participants_by_identity ON participants (identity)",
    """
    CREATE TABLE messages (
      thread TEXT NOT NULL REFERENCES threads, id INTEGER NOT NULL, type TEXT NOT NULL,
      sequence INTEGER NOT NULL, version INTEGER NOT NULL, content TEXT NOT NULL,
      sender TEXT, display_name TEXT, edited_on INTEGER, deleted_on INTEGER, metadata TEXT,
      PRIMARY KEY (thread, id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE receipts (
      thread TEXT NOT NULL REFERENCES threads, identity TEXT NOT NULL,
      message INTEGER NOT NULL, read_on INTEGER NOT NULL,
      PRIMARY KEY (thread, identity)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE repeatable (
      identity TEXT NOT NULL, request TEXT NOT NULL, body TEXT NOT NULL, thread TEXT NOT NULL,
      made_on INTEGER NOT NULL, PRIMARY KEY (identity, request)
    ) WITHOUT ROWID
    """,
    "CREATE TABLE subscriptions (id TEXT PRIMARY KEY, url TEXT NOT NULL)",
  ]
}
