import SQLiteDatabase

extension SQLiteHistoryStore {
  /// A change of a table or of what a record holds is a new step at the end; what is added at a record's end, and may be
  /// missing there, needs none.
  static let schema = SQLiteSchema(
    name: "The local history", program: "confab",
    remedy: "move it away: the service still has the messages",
    steps: [tables, removers, counts, listReadings, wordVersions])

  private static let tables: [StaticString] = [
    // One without a record is known by its messages only.
    """
    CREATE TABLE threads (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      is_pinned INTEGER NOT NULL DEFAULT 0,
      newest INTEGER NOT NULL DEFAULT 0,
      draft TEXT NOT NULL DEFAULT '',
      record BLOB
    )
    """,
    "CREATE INDEX threads_as_listed ON threads (is_pinned DESC, newest DESC) WHERE record IS NOT NULL",
    // The id is empty where it is the place as text, as the service's are.
    """
    CREATE TABLE messages (
      number INTEGER PRIMARY KEY,
      thread INTEGER NOT NULL,
      place INTEGER NOT NULL,
      id TEXT NOT NULL,
      version INTEGER NOT NULL,
      is_deleted INTEGER NOT NULL,
      is_numbered INTEGER NOT NULL,
      is_indexed INTEGER NOT NULL,
      arrived INTEGER NOT NULL,
      record BLOB NOT NULL,
      body TEXT NOT NULL,
      plain TEXT
    )
    """,
    "CREATE UNIQUE INDEX messages_by_place ON messages (thread, place, id)",
    "CREATE INDEX messages_by_arrival ON messages (arrived)",
    // The parts of the index; each has a table words_<number>.
    """
    CREATE TABLE parts (
      number INTEGER PRIMARY KEY,
      start INTEGER NOT NULL UNIQUE,
      count INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE outbox (
      number INTEGER PRIMARY KEY,
      client_id TEXT NOT NULL UNIQUE,
      written INTEGER NOT NULL,
      record BLOB NOT NULL
    )
    """,
    "CREATE TABLE contacts (id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID",
  ]

  /// Who removed the user from a thread; empty when nobody did, or nothing told who.
  private static let removers: [StaticString] = [
    "ALTER TABLE threads ADD COLUMN removed_by TEXT NOT NULL DEFAULT ''"
  ]

  /// Which messages of a thread are unread; empty where only their number is known.
  private static let counts: [StaticString] = [
    "ALTER TABLE threads ADD COLUMN unread BLOB NOT NULL DEFAULT x''"
  ]

  /// A row once the whole list of threads was read; without this step, the threads told.
  private static let listReadings: [StaticString] = [
    "CREATE TABLE list_readings (first INTEGER PRIMARY KEY)",
    "INSERT INTO list_readings SELECT 1 WHERE EXISTS (SELECT 1 FROM threads WHERE record IS NOT NULL)",
  ]

  /// Which words the texts of a part had when it was made, see ``SearchIndex/renew(_:)``.
  private static let wordVersions: [StaticString] = [
    "ALTER TABLE parts ADD COLUMN words INTEGER NOT NULL DEFAULT 0"
  ]
}
