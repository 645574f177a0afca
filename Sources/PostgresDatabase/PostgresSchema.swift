import Services

/// The tables of a program, and how those of an older version become today's.
public struct PostgresSchema: Sendable {
  /// Whose tables they are; one word, also the name under which the version is kept.
  public var name: String
  /// The statements at place n lead from version n to n + 1; an empty database takes all of them.
  ///
  /// What was released is never changed; a new version is a new step.
  public var steps: [[StaticString]]

  /// A schema.
  public init(name: String, steps: [[StaticString]]) {
    self.name = name
    self.steps = steps
  }

  /// Takes the steps that the database lacks, all or none of them; of several instances one does.
  func bringUp(_ connection: PostgresConnection) throws(StoreError) {
    let program = name
    // Looking first asks for no right to make tables, and for no lock, once they are there.
    if try isUpToDate(connection) { return }
    try connection.transaction { () throws(StoreError) in
      try connection.run("SELECT pg_advisory_xact_lock(hashtext($1))", program)
      try connection.run(
        """
        CREATE TABLE IF NOT EXISTS confab_versions (
          program text PRIMARY KEY, version integer NOT NULL
        )
        """)
      let found = try version(connection)
      guard found < steps.count else { return }
      for statement in steps[found...].joined() { try connection.run(statement) }
      try connection.run(
        """
        INSERT INTO confab_versions (program, version) VALUES ($1, $2)
        ON CONFLICT (program) DO UPDATE SET version = excluded.version
        """, program, steps.count)
    }
  }

  private func isUpToDate(_ connection: PostgresConnection) throws(StoreError) -> Bool {
    guard try connection.run("SELECT to_regclass('confab_versions')").first?.optionalText(0) != nil
    else { return false }
    let found = try version(connection)
    guard found <= steps.count else {
      throw StoreError(
        .newer,
        "\(connection.place) was written by a newer version of \(name). It was left as it is; use "
          + "that version, or give another database.")
    }
    return found == steps.count
  }

  private func version(_ connection: PostgresConnection) throws(StoreError) -> Int {
    let rows = try connection.run(
      "SELECT version FROM confab_versions WHERE program = $1", name)
    return Int(rows.first?.integer(0) ?? 0)
  }
}
