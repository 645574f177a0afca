public import ACSTypes
import PostgresDatabase
public import Services

extension PostgresUserStore {
  /// Keeps that a token was issued, unless the person was erased meanwhile.
  public func record(_ token: TokenRecord) async throws(StoreError) -> Bool {
    let id = PostgresUserStore.mark(random)
    return try await pool.run { connection throws(StoreError) in
      // The lock on the person keeps an erasure from ending before this is in.
      let rows = try connection.run(
        """
        INSERT INTO confab_tokens
          (id, identity, caller_key, issued_on, expires_on, scopes, credential, caller, reason)
        SELECT $1::uuid, identity, $2::text, $3::bigint, $4::bigint, $5::text, $6::text, $7::text,
          $8::text
        FROM confab_users WHERE identity = $9 FOR KEY SHARE
        ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING 1
        """,
        id, token.name, token.issuedOn, token.expiresOn, TokenScope.text(of: token.scopes),
        token.credential, token.caller, token.reason, token.identity.rawID)
      return !rows.isEmpty
    }
  }

  /// The tokens that `user` was given, the newest first.
  public func tokens(of user: UserKey, limit: Int) async throws(StoreError) -> [TokenRecord] {
    try await pool.run { connection throws(StoreError) in
      switch user {
      case .name(let name):
        try connection.run(
          """
          SELECT identity, caller_key, issued_on, expires_on, scopes, credential, caller, reason
          FROM confab_tokens WHERE caller_key = $1 OR identity IN
            (SELECT identity FROM confab_users WHERE caller_key = $1)
          ORDER BY issued_on DESC, id LIMIT $2
          """, name.key, limit)
      case .identity(let identity):
        try connection.run(
          """
          SELECT identity, caller_key, issued_on, expires_on, scopes, credential, caller, reason
          FROM confab_tokens WHERE identity = $1 ORDER BY issued_on DESC, id LIMIT $2
          """, identity.rawID, limit)
      }
    }.map { TokenRecord($0) }
  }

  /// Forgets tokens that expired before `time`.
  public func forgetTokens(
    expiredBefore time: Timestamp, limit: Int
  ) async throws(StoreError) -> Int {
    try await pool.run { connection throws(StoreError) in
      try connection.run(
        """
        DELETE FROM confab_tokens WHERE id IN
          (SELECT id FROM confab_tokens WHERE expires_on < $1 ORDER BY expires_on LIMIT $2
           FOR UPDATE SKIP LOCKED)
        RETURNING 1
        """, time, limit
      ).count
    }
  }

  /// Keeps that the tokens of an identity were revoked.
  public func record(_ revocation: Revocation) async throws(StoreError) {
    let id = PostgresUserStore.mark(random)
    try await pool.run { connection throws(StoreError) in
      _ = try connection.run(
        """
        INSERT INTO confab_revocations (id, identity, revoked_on, caller) VALUES ($1, $2, $3, $4)
        ON CONFLICT (id) DO NOTHING
        """, id, revocation.identity.rawID, revocation.revokedOn, revocation.caller)
    }
  }

  /// When tokens of `user` were revoked, the newest first.
  public func revocations(of user: UserKey) async throws(StoreError) -> [Revocation] {
    try await pool.run { connection throws(StoreError) in
      switch user {
      case .name(let name):
        try connection.run(
          """
          SELECT identity, revoked_on, caller FROM confab_revocations WHERE identity IN
            (SELECT identity FROM confab_users WHERE caller_key = $1
             UNION SELECT identity FROM confab_tokens WHERE caller_key = $1)
          ORDER BY revoked_on DESC, id
          """, name.key)
      case .identity(let identity):
        try connection.run(
          """
          SELECT identity, revoked_on, caller FROM confab_revocations WHERE identity = $1
          ORDER BY revoked_on DESC, id
          """, identity.rawID)
      }
    }.map { Revocation($0) }
  }
}

extension TokenRecord {
  fileprivate init(_ row: PostgresRow) {
    self.init(
      identity: CommunicationIdentifier(rawID: row.text(0)), name: row.optionalText(1),
      issuedOn: row.moment(2), expiresOn: row.moment(3),
      scopes: TokenScope.scopes(inText: row.text(4)), credential: row.text(5),
      caller: row.text(6), reason: row.text(7))
  }
}

extension Revocation {
  fileprivate init(_ row: PostgresRow) {
    self.init(
      identity: CommunicationIdentifier(rawID: row.text(0)), revokedOn: row.moment(1),
      caller: row.text(2))
  }
}
