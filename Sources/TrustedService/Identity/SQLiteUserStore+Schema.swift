import SQLiteDatabase
import Services

extension SQLiteUserStore {
  /// A new table, or a change of one, is a new step at the end.
  static let schema = SQLiteSchema(
    name: "The user store", program: "confab serve", unversionedTables: ["users"],
    steps: [tables])

  /// The first files had the users alone and no version.
  private static let tables: [StaticString] = [
    """
    CREATE TABLE IF NOT EXISTS users (
      identity TEXT PRIMARY KEY,
      caller_key TEXT UNIQUE,
      display_name TEXT NOT NULL,
      display_key TEXT NOT NULL,
      created_on INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX users_by_age ON users (created_on, identity)",
    """
    CREATE TABLE tokens (
      number INTEGER PRIMARY KEY,
      identity TEXT NOT NULL,
      caller_key TEXT,
      issued_on INTEGER NOT NULL,
      expires_on INTEGER NOT NULL,
      scopes TEXT NOT NULL,
      credential TEXT NOT NULL,
      caller TEXT NOT NULL,
      reason TEXT NOT NULL
    )
    """,
    "CREATE INDEX tokens_by_identity ON tokens (identity)",
    "CREATE INDEX tokens_by_name ON tokens (caller_key) WHERE caller_key IS NOT NULL",
    "CREATE INDEX tokens_by_end ON tokens (expires_on)",
    """
    CREATE TABLE revocations (
      number INTEGER PRIMARY KEY,
      identity TEXT NOT NULL,
      revoked_on INTEGER NOT NULL,
      caller TEXT NOT NULL
    )
    """,
    "CREATE INDEX revocations_by_identity ON revocations (identity)",
    """
    CREATE TABLE erasures (
      identity TEXT PRIMARY KEY,
      caller_key TEXT,
      begun_on INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
  ]
}
