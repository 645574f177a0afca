public import ACSTypes
import PostgresDatabase
public import Services

extension PostgresUserStore {
  /// People whose name to show holds `text` in whatever case, by name; everybody with a name for an empty text.
  public func people(matching text: String, limit: Int) async throws(StoreError) -> [Person] {
    guard !text.utf8.contains(0) else { return [] }
    let text = text.lowercased()
    return try await pool.run { connection throws(StoreError) in
      try connection.run(
        """
        SELECT identity, display_name FROM confab_users
        WHERE display_name <> '' AND strpos(display_key, $1) > 0
        ORDER BY display_key, identity LIMIT $2
        """, text, limit
      ).map { Person($0) }
    }
  }

  /// The names to show of those among `identities` that this service knows.
  public func displayNames(
    of identities: [CommunicationIdentifier]
  ) async throws(StoreError) -> [CommunicationIdentifier: String] {
    let wanted = Set(identities.filter(\.isKeepable))
    guard !wanted.isEmpty else { return [:] }
    return try await pool.run { connection throws(StoreError) in
      let rows = try connection.run(
        "SELECT identity, display_name FROM confab_users WHERE identity = ANY ($1)",
        PostgresArray(wanted.map(\.rawID)))
      return Dictionary(
        rows.map { (CommunicationIdentifier(rawID: $0.text(0)), $0.text(1)) },
        uniquingKeysWith: { first, _ in first })
    }
  }

  /// All that is kept of one person; `nil` for nobody.
  public func user(_ key: UserKey) async throws(StoreError) -> UserRecord? {
    try await pool.run { connection throws(StoreError) in
      switch key {
      case .name(let name):
        try connection.run(
          """
          SELECT identity, display_name, caller_key, created_on FROM confab_users WHERE caller_key = $1
          """, name.key
        ).first.map { UserRecord($0) }
      case .identity(let identity):
        try connection.run(
          """
          SELECT identity, display_name, caller_key, created_on FROM confab_users WHERE identity = $1
          """, identity.rawID
        ).first.map { UserRecord($0) }
      }
    }
  }

  /// Everybody, the longest known first.
  public func users(
    after last: UserRecord?, limit: Int
  ) async throws(StoreError) -> [UserRecord] {
    try await pool.run { connection throws(StoreError) in
      try connection.run(
        """
        SELECT identity, display_name, caller_key, created_on FROM confab_users
        WHERE (created_on, identity) > ($1, $2) ORDER BY created_on, identity LIMIT $3
        """,
        last?.createdOn.milliseconds ?? Int64.min, last?.person.identifier.rawID ?? "", limit
      ).map { UserRecord($0) }
    }
  }
}

extension Person {
  /// Reads a row that begins with identity and name to show.
  init(_ row: PostgresRow) {
    self.init(
      identifier: CommunicationIdentifier(rawID: row.text(0)), displayName: row.text(1))
  }
}

extension UserRecord {
  /// Reads a row that goes on with the name to ask by and the age.
  fileprivate init(_ row: PostgresRow) {
    self.init(person: Person(row), name: row.optionalText(2), createdOn: row.moment(3))
  }
}
