public import ACSTypes
import SQLiteDatabase
public import Services

extension SQLiteUserStore {
  /// People whose name to show holds `text` in whatever case, by name; everybody with a name for an empty text.
  public func people(matching text: String, limit: Int) async throws(StoreError) -> [Person] {
    let text = text.lowercased()
    return try database.read { connection throws(StoreError) in
      try connection.run(
        """
        SELECT identity, display_name FROM users
        WHERE display_name <> '' AND (? = '' OR instr(display_key, ?) > 0)
        ORDER BY display_key, identity LIMIT ?
        """, text, text, limit
      ).map { Person($0) }
    }
  }

  /// The names to show of those among `identities` that this service knows.
  public func displayNames(
    of identities: [CommunicationIdentifier]
  ) async throws(StoreError) -> [CommunicationIdentifier: String] {
    try database.read { connection throws(StoreError) in
      var names: [CommunicationIdentifier: String] = [:]
      for identity in identities where names[identity] == nil {
        names[identity] = try connection.run(
          "SELECT display_name FROM users WHERE identity = ?", identity.rawID
        ).first?.text(0)
      }
      return names
    }
  }

  /// All that is kept of one person; `nil` for nobody.
  public func user(_ key: UserKey) async throws(StoreError) -> UserRecord? {
    try database.read { connection throws(StoreError) in
      switch key {
      case .name(let name):
        try connection.run(
          """
          SELECT identity, display_name, caller_key, created_on FROM users WHERE caller_key = ?
          """, name.key
        ).first.map { UserRecord($0) }
      case .identity(let identity):
        try connection.run(
          """
          SELECT identity, display_name, caller_key, created_on FROM users WHERE identity = ?
          """, identity.rawID
        ).first.map { UserRecord($0) }
      }
    }
  }

  /// Everybody, the longest known first.
  public func users(
    after last: UserRecord?, limit: Int
  ) async throws(StoreError) -> [UserRecord] {
    try database.read { connection throws(StoreError) in
      try connection.run(
        """
        SELECT identity, display_name, caller_key, created_on FROM users
        WHERE (created_on, identity) > (?, ?) ORDER BY created_on, identity LIMIT ?
        """,
        last?.createdOn.milliseconds ?? Int64.min, last?.person.identifier.rawID ?? "", limit
      ).map { UserRecord($0) }
    }
  }
}

extension Person {
  /// Reads a row that begins with identity and name to show.
  init(_ row: Row) {
    self.init(
      identifier: CommunicationIdentifier(rawID: row.text(0)), displayName: row.text(1))
  }
}

extension UserRecord {
  /// Reads a row that goes on with the name to ask by and the age.
  fileprivate init(_ row: Row) {
    self.init(person: Person(row), name: row.optionalText(2), createdOn: row.moment(3))
  }
}
