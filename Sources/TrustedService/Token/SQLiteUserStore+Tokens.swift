public import ACSTypes
import SQLiteDatabase
public import Services

extension SQLiteUserStore {
  /// Keeps that a token was issued, unless the person was erased meanwhile.
  public func record(_ token: TokenRecord) async throws(StoreError) -> Bool {
    let limit = recordLimit
    return try await database.write { connection throws(StoreError) in
      try connection.run(
        """
        INSERT INTO tokens
          (identity, caller_key, issued_on, expires_on, scopes, credential, caller, reason)
        SELECT identity, ?, ?, ?, ?, ?, ?, ? FROM users WHERE identity = ?
        """,
        token.name, token.issuedOn, token.expiresOn, TokenScope.text(of: token.scopes),
        token.credential, token.caller, token.reason, token.identity.rawID)
      guard connection.changes > 0 else { return false }
      if let limit {
        try connection.run(
          "DELETE FROM tokens WHERE number <= (SELECT max(number) FROM tokens) - ?", limit)
      }
      return true
    }
  }

  /// The tokens that `user` was given, the newest first.
  public func tokens(of user: UserKey, limit: Int) async throws(StoreError) -> [TokenRecord] {
    try database.read { connection throws(StoreError) in
      switch user {
      case .name(let name):
        try connection.run(
          """
          SELECT identity, caller_key, issued_on, expires_on, scopes, credential, caller, reason
          FROM tokens WHERE caller_key = ? OR identity IN
            (SELECT identity FROM users WHERE caller_key = ?)
          ORDER BY number DESC LIMIT ?
          """, name.key, name.key, limit)
      case .identity(let identity):
        try connection.run(
          """
          SELECT identity, caller_key, issued_on, expires_on, scopes, credential, caller, reason
          FROM tokens WHERE identity = ? ORDER BY number DESC LIMIT ?
          """, identity.rawID, limit)
      }
    }.map { TokenRecord($0) }
  }

  /// Forgets tokens that expired before `time`.
  public func forgetTokens(
    expiredBefore time: Timestamp, limit: Int
  ) async throws(StoreError) -> Int {
    try await database.write { connection throws(StoreError) in
      try connection.run(
        """
        DELETE FROM tokens WHERE number IN
          (SELECT number FROM tokens WHERE expires_on < ? ORDER BY expires_on LIMIT ?)
        """, time, limit)
      return connection.changes
    }
  }

  /// Keeps that the tokens of an identity were revoked.
  public func record(_ revocation: Revocation) async throws(StoreError) {
    try await database.write { connection throws(StoreError) in
      try connection.run(
        "INSERT INTO revocations (identity, revoked_on, caller) VALUES (?, ?, ?)",
        revocation.identity.rawID, revocation.revokedOn, revocation.caller)
    }
  }

  /// When tokens of `user` were revoked, the newest first.
  public func revocations(of user: UserKey) async throws(StoreError) -> [Revocation] {
    try database.read { connection throws(StoreError) in
      switch user {
      case .name(let name):
        try connection.run(
          """
          SELECT identity, revoked_on, caller FROM revocations WHERE identity IN
            (SELECT identity FROM users WHERE caller_key = ?
             UNION SELECT identity FROM tokens WHERE caller_key = ?)
          ORDER BY number DESC
          """, name.key, name.key)
      case .identity(let identity):
        try connection.run(
          """
          SELECT identity, revoked_on, caller FROM revocations WHERE identity = ?
          ORDER BY number DESC
          """, identity.rawID)
      }
    }.map { Revocation($0) }
  }
}

extension TokenRecord {
  fileprivate init(_ row: Row) {
    self.init(
      identity: CommunicationIdentifier(rawID: row.text(0)), name: row.optionalText(1),
      issuedOn: row.moment(2), expiresOn: row.moment(3),
      scopes: TokenScope.scopes(inText: row.text(4)), credential: row.text(5),
      caller: row.text(6), reason: row.text(7))
  }
}

extension Revocation {
  fileprivate init(_ row: Row) {
    self.init(
      identity: CommunicationIdentifier(rawID: row.text(0)), revokedOn: row.moment(1),
      caller: row.text(2))
  }
}

extension TokenScope {
  /// Scopes as one text: `chat,voip`.
  static func text(of scopes: [TokenScope]) -> String {
    scopes.map(\.rawValue).joined(separator: ",")
  }

  /// Reads such a text.
  static func scopes(inText text: String) -> [TokenScope] {
    text.split(separator: ",").map { TokenScope(rawValue: String($0)) }
  }
}
