public import ACSTypes
public import PostgresDatabase
public import Services

/// The users in a PostgreSQL, for several instances of the service at the same time.
///
/// Whoever is to make an identity for a name has a claim on the name, which lapses by the database's clock; so the
/// instances agree on one identity, and none is made twice. Every statement bears being run again.
public final class PostgresUserStore: UserStore {
  let pool: PostgresPool
  /// Stands for this instance in claims.
  let instance: String
  let random: any RandomSource
  let timer: any Timer

  /// Connects and brings the tables up to date.
  ///
  /// - Parameters:
  ///   - address: Where the database is.
  ///   - random: Brings what stands for this instance and for each record.
  ///   - timer: Waits while another instance makes an identity.
  ///   - connections: How many it has to the database.
  /// - Throws: `StoreError`.
  public init(
    _ address: PostgresAddress, random: any RandomSource, timer: any Timer, connections: Int = 8
  ) throws(StoreError) {
    pool = try PostgresPool(address, schema: PostgresUserStore.schema, connections: connections)
    instance = PostgresUserStore.mark(random)
    self.random = random
    self.timer = timer
  }

  /// 128 random bits in the form of a UUID.
  static func mark(_ random: any RandomSource) -> String {
    var digits = Array(
      [random.next(), random.next()].map { number in
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 16 - text.utf8.count) + text
      }.joined())
    for place in [20, 16, 12, 8] { digits.insert("-", at: place) }
    return String(digits)
  }

  /// The person who goes by `name`; `nil` when nobody does.
  public func person(named name: CallerName) async throws(StoreError) -> Person? {
    try await pool.run { connection throws(StoreError) in
      try connection.person(named: name)
    }
  }

  /// The person with `identity`; `nil` when this service did not make it.
  public func person(
    with identity: CommunicationIdentifier
  ) async throws(StoreError) -> Person? {
    guard identity.isKeepable else { return nil }
    return try await pool.run { connection throws(StoreError) in
      try connection.run(
        "SELECT identity, display_name FROM confab_users WHERE identity = $1", identity.rawID
      ).first.map { Person($0) }
    }
  }

  /// Keeps a new identity, unless another one than `old` has the name by now.
  public func add(
    _ person: Person, name: CallerName?, replacing old: CommunicationIdentifier?, now: Timestamp
  ) async throws(StoreError) -> Person {
    let instance = instance
    let values = (
      id: person.identifier.rawID, shown: person.displayName, key: person.displayName.lowercased()
    )
    return try await pool.run { connection throws(StoreError) in
      guard let name else {
        try connection.run(
          """
          INSERT INTO confab_users (identity, display_name, display_key, created_on)
          VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
          """, values.id, values.shown, values.key, now)
        return person
      }
      return try connection.transaction { () throws(StoreError) in
        // Where it stands already, it was this very call that put it there before its connection broke.
        try connection.run(
          """
          INSERT INTO confab_users (identity, caller_key, display_name, display_key, created_on)
          VALUES ($1, $2, $3, $4, $5)
          ON CONFLICT (caller_key) DO UPDATE SET identity = excluded.identity,
            display_name = excluded.display_name, display_key = excluded.display_key,
            created_on = excluded.created_on
          WHERE confab_users.identity IN ($6, excluded.identity)
          """, values.id, name.key, values.shown, values.key, now, old?.rawID)
        try connection.run(
          "DELETE FROM confab_claims WHERE caller_key = $1 AND instance = $2", name.key, instance)
        return try connection.person(named: name) ?? person
      }
    }
  }

  /// Changes the name to show.
  public func rename(
    _ identity: CommunicationIdentifier, to displayName: String
  ) async throws(StoreError) {
    try await pool.run { connection throws(StoreError) in
      _ = try connection.run(
        "UPDATE confab_users SET display_name = $1, display_key = $2 WHERE identity = $3",
        displayName, displayName.lowercased(), identity.rawID)
    }
  }

  /// Whether the database can be used now; a probe does not wait for a restart.
  public func check() async throws(StoreError) {
    try await pool.run(for: .seconds(1)) { connection throws(StoreError) in
      _ = try connection.run("SELECT 1 FROM confab_users LIMIT 1")
    }
  }
}

extension PostgresConnection {
  func person(named name: CallerName) throws(StoreError) -> Person? {
    try run("SELECT identity, display_name FROM confab_users WHERE caller_key = $1", name.key)
      .first.map { Person($0) }
  }
}

extension CommunicationIdentifier {
  /// False for what no row can hold, and so no row has: a zero byte.
  var isKeepable: Bool { !rawID.utf8.contains(0) }
}
