import ACSTypes
import Synchronization

/// The people that this service knows: callers' names, their ACS identities and the names to show.
///
/// ACS has no directory, so this is the only place where a name leads to an identity. What a method wrote is on the
/// disk when it returns.
public final class UserStore: Sendable {
  private let connection: Mutex<SQLiteConnection>

  /// Opens the store in the file at `path`, made when absent, or in memory for `nil`.
  ///
  /// - Throws: ``StoreError``, with code `.locked` while another process has the file open.
  public init(path: String?) throws(StoreError) {
    let connection = try SQLiteConnection(path: path)
    try connection.run(
      """
      CREATE TABLE IF NOT EXISTS users (
        identity TEXT PRIMARY KEY,
        caller_key TEXT UNIQUE,
        display_name TEXT NOT NULL,
        display_key TEXT NOT NULL,
        created_on INTEGER NOT NULL
      ) WITHOUT ROWID
      """)
    self.connection = Mutex(connection)
  }

  /// The person who goes by `name`; `nil` when nobody does.
  func person(named name: CallerName) throws(StoreError) -> Person? {
    try person("SELECT identity, display_name FROM users WHERE caller_key = ?", .text(name.key))
  }

  /// The person with `identity`; `nil` when this service did not make it.
  func person(with identity: CommunicationIdentifier) throws(StoreError) -> Person? {
    try person(
      "SELECT identity, display_name FROM users WHERE identity = ?", .text(identity.rawID))
  }

  /// Keeps a new identity; it takes the place of an older one of the same name.
  ///
  /// Without a name it is a person for whom nobody can ask again.
  func add(_ person: Person, name: CallerName?, now: Timestamp) throws(StoreError) {
    try use { connection throws(StoreError) in
      try connection.run(
        """
        INSERT OR REPLACE INTO users (identity, caller_key, display_name, display_key, created_on)
        VALUES (?, ?, ?, ?, ?)
        """,
        .text(person.identifier.rawID), .init(name?.key), .text(person.displayName),
        .text(person.displayName.lowercased()), .integer(now.milliseconds))
    }
  }

  /// Changes the name to show.
  func rename(_ identity: CommunicationIdentifier, to displayName: String) throws(StoreError) {
    try use { connection throws(StoreError) in
      try connection.run(
        "UPDATE users SET display_name = ?, display_key = ? WHERE identity = ?",
        .text(displayName), .text(displayName.lowercased()), .text(identity.rawID))
    }
  }

  /// People whose name to show holds `text` in whatever case, by name; everybody with a name for an empty text.
  ///
  /// No character of `text` has a meaning of its own.
  func people(matching text: String, limit: Int) throws(StoreError) -> [Person] {
    try use { connection throws(StoreError) in
      try connection.run(
        """
        SELECT identity, display_name FROM users
        WHERE display_name <> '' AND (? = '' OR instr(display_key, ?) > 0)
        ORDER BY display_key, identity LIMIT ?
        """,
        .text(text.lowercased()), .text(text.lowercased()), .integer(Int64(limit)))
    }.compactMap { Person($0) }
  }

  /// The names to show of those among `identities` that this service knows.
  func displayNames(
    of identities: [CommunicationIdentifier]
  ) throws(StoreError) -> [CommunicationIdentifier: String] {
    var names: [CommunicationIdentifier: String] = [:]
    for identity in identities where names[identity] == nil {
      names[identity] = try person(with: identity)?.displayName
    }
    return names
  }

  private func person(
    _ text: StaticString, _ value: SQLiteConnection.Value
  ) throws(StoreError) -> Person? {
    try use { connection throws(StoreError) in try connection.run(text, value) }
      .first.flatMap { Person($0) }
  }

  @discardableResult
  private func use<Value: Sendable>(
    _ body: (SQLiteConnection) throws(StoreError) -> Value
  ) throws(StoreError) -> Value {
    try connection.withLock { connection throws(StoreError) in try body(connection) }
  }
}

extension Person {
  /// Reads a row of identity and name to show.
  fileprivate init?(_ row: [SQLiteConnection.Value]) {
    guard row.count == 2, let identity = row[0].text, let displayName = row[1].text else {
      return nil
    }
    self.init(identifier: CommunicationIdentifier(rawID: identity), displayName: displayName)
  }
}
