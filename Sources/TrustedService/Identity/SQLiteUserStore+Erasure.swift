public import ACSTypes
import SQLiteDatabase
public import Services

extension SQLiteUserStore {
  /// Takes a person out of the directory and keeps that the identity is still to be deleted at ACS.
  public func beginErasure(
    of identity: CommunicationIdentifier, now: Timestamp
  ) async throws(StoreError) -> Bool {
    try await database.write { connection throws(StoreError) in
      let id = identity.rawID
      try connection.run(
        """
        INSERT OR IGNORE INTO erasures (identity, caller_key, begun_on)
        SELECT identity, caller_key, ? FROM users WHERE identity = ?
        """, now, id)
      try connection.run("DELETE FROM users WHERE identity = ?", id)
      return try connection.run("SELECT 1 FROM erasures WHERE identity = ?", id).first != nil
    }
  }

  /// Forgets the identity and all that was kept about it, once ACS has deleted it.
  public func endErasure(of identity: CommunicationIdentifier) async throws(StoreError) {
    try await database.write { connection throws(StoreError) in
      let id = identity.rawID
      try connection.run("DELETE FROM tokens WHERE identity = ?", id)
      try connection.run("DELETE FROM revocations WHERE identity = ?", id)
      try connection.run("DELETE FROM erasures WHERE identity = ?", id)
    }
    try database.settle()
  }

  /// Erasures that began and did not end, the longest waiting first.
  public func erasures() async throws(StoreError) -> [PendingErasure] {
    try database.read { connection throws(StoreError) in
      try connection.run("SELECT identity, caller_key FROM erasures ORDER BY begun_on, identity")
        .map {
          PendingErasure(
            identity: CommunicationIdentifier(rawID: $0.text(0)), name: $0.optionalText(1))
        }
    }
  }
}
