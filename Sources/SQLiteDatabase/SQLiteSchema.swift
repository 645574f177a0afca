import Services

/// What a database file is, and how one of an older version becomes one of today's.
public struct SQLiteSchema: Sendable {
  /// What the file is, for messages: `The user store`.
  public var name: String
  /// Whose other instance may have it open, for messages: `confab serve`.
  public var program: String
  /// What somebody can do about a file that is in the way, for messages, after "or".
  public var remedy: String
  /// The statements at place n lead from version n to n + 1; a new file takes all of them.
  ///
  /// What was released is never changed; a new version is a new step.
  public var steps: [[StaticString]]
  /// The tables of files from before versions were counted; a file of version 0 with other ones is not ours.
  public var unversionedTables: Set<String>

  /// A schema.
  public init(
    name: String, program: String, remedy: String = "give another --data folder",
    unversionedTables: Set<String> = [], steps: [[StaticString]]
  ) {
    self.name = name
    self.program = program
    self.remedy = remedy
    self.steps = steps
    self.unversionedTables = unversionedTables
  }

  /// The version that this program writes.
  public var version: Int64 { Int64(steps.count) }
}

extension SQLiteSchema {
  /// Makes sure that the file may be written, and changes nothing.
  ///
  /// - Returns: The file's version.
  func check(_ connection: SQLiteConnection) throws(StoreError) -> Int64 {
    // At once: between two reads, another process may bring up a new file.
    try connection.snapshot { () throws(StoreError) in try checkOnce(connection) }
  }

  private func checkOnce(_ connection: SQLiteConnection) throws(StoreError) -> Int64 {
    let found = try connection.run("PRAGMA user_version").first?.integer(0) ?? 0
    guard found <= version else {
      throw StoreError(
        .newer,
        "\(connection.place) was written by a newer version of \(program). It was left as it is; "
          + "use that version, or \(remedy).")
    }
    guard found == 0 else { return found }
    let tables = try connection.run(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    guard tables.allSatisfy({ unversionedTables.contains($0.text(0)) }) else {
      throw StoreError(
        .damaged,
        "\(connection.place) is a database of something else. It was left as it is; \(remedy).")
    }
    return found
  }

  /// Takes the steps that the file lacks, all or none of them.
  func bringUp(_ connection: SQLiteConnection) throws(StoreError) {
    guard try check(connection) < version else { return }
    try connection.transaction { () throws(StoreError) in
      // Read again: another process may have done it meanwhile.
      let found = try check(connection)
      guard found < version else { return }
      for statement in steps[Int(found)...].joined() { try connection.run(statement) }
      try connection.setVersion(version)
    }
  }
}
