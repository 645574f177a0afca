import ACSTypes
import ACSWire
import SQLiteDatabase
import Services

extension Store {
  /// People with a name: those of a seed, and bots.
  static let peopleTables: [StaticString] = [
    """
    CREATE TABLE people (
      name TEXT PRIMARY KEY, identity TEXT NOT NULL, display_name TEXT NOT NULL, bot TEXT
    ) WITHOUT ROWID
    """,
    "CREATE INDEX people_by_identity ON people (identity)",
  ]

  /// Keeps somebody under a name; whoever has it already keeps the identity and gets the rest.
  ///
  /// - Returns: The identity.
  func makePerson(
    _ name: String, displayName: String, bot: BotScript?, id: String, now: Timestamp
  ) throws(StoreError) -> String {
    let known = try connection.run("SELECT identity FROM people WHERE name = ?", name).first
    let identity = known?.text(0) ?? id
    if try self.identity(identity) == nil, known == nil { try insertIdentity(identity, now: now) }
    try connection.run(
      "INSERT OR REPLACE INTO people VALUES (?, ?, ?, ?)", name, identity, displayName,
      bot?.json.text)
    return identity
  }

  /// The bots by their identities.
  func bots() throws(StoreError) -> [String: Bot] {
    var bots: [String: Bot] = [:]
    let rows = try connection.run(
      "SELECT identity, name, display_name, bot FROM people WHERE bot IS NOT NULL")
    for row in rows {
      guard let json = try? JSONValue.parse(Array(row.text(3).utf8)),
        let script = try? BotScript(SeedValue(json: json, path: ""))
      else { throw StoreError(.damaged, "The bot \(row.text(1)) cannot be read.") }
      bots[row.text(0)] = Bot(name: row.text(1), displayName: row.text(2), script: script)
    }
    return bots
  }

  /// Makes somebody no bot any more; the identity stays.
  func removeBot(_ name: String) throws(StoreError) {
    try connection.run("UPDATE people SET bot = NULL WHERE name = ?", name)
  }
}
