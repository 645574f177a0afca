import PostgresDatabase

extension PostgresUserStore {
  /// A new table, or a change of one, is a new step at the end.
  static let schema = PostgresSchema(name: "confab serve", steps: [tables])

  /// Texts compare by their bytes, as in SQLite, whatever the database's language is.
  private static let tables: [StaticString] = [
    """
    CREATE TABLE confab_users (
      identity text COLLATE "C" PRIMARY KEY,
      caller_key text COLLATE "C" UNIQUE,
      display_name text NOT NULL,
      display_key text COLLATE "C" NOT NULL,
      created_on bigint NOT NULL
    )
    """,
    "CREATE INDEX confab_users_by_age ON confab_users (created_on, identity)",
    """
    CREATE TABLE confab_claims (
      caller_key text COLLATE "C" PRIMARY KEY,
      instance uuid NOT NULL,
      lapses_on timestamptz NOT NULL
    )
    """,
    """
    CREATE TABLE confab_tokens (
      id uuid PRIMARY KEY,
      identity text COLLATE "C" NOT NULL,
      caller_key text COLLATE "C",
      issued_on bigint NOT NULL,
      expires_on bigint NOT NULL,
      scopes text NOT NULL,
      credential text NOT NULL,
      caller text NOT NULL,
      reason text NOT NULL
    )
    """,
    "CREATE INDEX confab_tokens_by_identity ON confab_tokens (identity)",
    """
    CREATE INDEX confab_tokens_by_name ON confab_tokens (caller_key) WHERE caller_key IS NOT NULL
    """,
    "CREATE INDEX confab_tokens_by_end ON confab_tokens (expires_on)",
    """
    CREATE TABLE confab_revocations (
      id uuid PRIMARY KEY,
      identity text COLLATE "C" NOT NULL,
      revoked_on bigint NOT NULL,
      caller text NOT NULL
    )
    """,
    "CREATE INDEX confab_revocations_by_identity ON confab_revocations (identity)",
    """
    CREATE TABLE confab_erasures (
      identity text COLLATE "C" PRIMARY KEY,
      caller_key text COLLATE "C",
      begun_on bigint NOT NULL
    )
    """,
  ]
}
