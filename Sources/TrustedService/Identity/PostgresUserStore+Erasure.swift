public import ACSTypes
import PostgresDatabase
public import Services

extension PostgresUserStore {
  /// Takes a person out of the directory and keeps that the identity is still to be deleted at ACS.
  public func beginErasure(
    of identity: CommunicationIdentifier, now: Timestamp
  ) async throws(StoreError) -> Bool {
    guard identity.isKeepable else { return false }
    let id = identity.rawID
    return try await pool.run { connection throws(StoreError) in
      try connection.transaction { () throws(StoreError) in
        try connection.run(
          """
          WITH gone AS (DELETE FROM confab_users WHERE identity = $1 RETURNING *)
          INSERT INTO confab_erasures (identity, caller_key, begun_on)
          SELECT identity, caller_key, $2 FROM gone
          ON CONFLICT (identity) DO NOTHING
          """, id, now)
        let rows = try connection.run("SELECT 1 FROM confab_erasures WHERE identity = $1", id)
        return !rows.isEmpty
      }
    }
  }

  /// Forgets the identity and all that was kept about it, once ACS has deleted it.
  public func endErasure(of identity: CommunicationIdentifier) async throws(StoreError) {
    let id = identity.rawID
    try await pool.run { connection throws(StoreError) in
      try connection.transaction { () throws(StoreError) in
        try connection.run("DELETE FROM confab_tokens WHERE identity = $1", id)
        try connection.run("DELETE FROM confab_revocations WHERE identity = $1", id)
        try connection.run("DELETE FROM confab_erasures WHERE identity = $1", id)
      }
    }
  }

  /// Erasures that began and did not end, the longest waiting first.
  public func erasures() async throws(StoreError) -> [PendingErasure] {
    try await pool.run { connection throws(StoreError) in
      try connection.run(
        "SELECT identity, caller_key FROM confab_erasures ORDER BY begun_on, identity"
      ).map {
        PendingErasure(
          identity: CommunicationIdentifier(rawID: $0.text(0)), name: $0.optionalText(1))
      }
    }
  }
}
