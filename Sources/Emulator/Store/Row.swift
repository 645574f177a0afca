import ACSTypes

/// One row of an answer, its columns read in the order of the statement.
struct Row {
  let columns: [SQLiteConnection.Value]

  /// The number in a column; 0 for `NULL`.
  func integer(_ column: Int) -> Int64 {
    guard case .integer(let number) = columns[column] else { return 0 }
    return number
  }

  /// The text in a column; empty for `NULL`.
  func text(_ column: Int) -> String { optionalText(column) ?? "" }

  /// The text in a column.
  func optionalText(_ column: Int) -> String? {
    guard case .text(let text) = columns[column] else { return nil }
    return text
  }

  /// The moment in a column of milliseconds.
  func moment(_ column: Int) -> Timestamp { Timestamp(milliseconds: integer(column)) }

  /// The moment in a column of milliseconds; `nil` for `NULL`.
  func optionalMoment(_ column: Int) -> Timestamp? {
    columns[column] == .null ? nil : moment(column)
  }
}

/// What a statement can take for a `?`.
protocol Storable {
  /// The value as SQLite keeps it.
  var stored: SQLiteConnection.Value { get }
}

extension String: Storable {
  var stored: SQLiteConnection.Value { .text(self) }
}

extension Int64: Storable {
  var stored: SQLiteConnection.Value { .integer(self) }
}

extension Int: Storable {
  var stored: SQLiteConnection.Value { .integer(Int64(self)) }
}

extension Timestamp: Storable {
  var stored: SQLiteConnection.Value { .integer(milliseconds) }
}

extension Optional: Storable where Wrapped: Storable {
  var stored: SQLiteConnection.Value { self?.stored ?? .null }
}
