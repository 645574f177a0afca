public import ACSTypes

/// One row of an answer, its columns read in the order of the statement.
public struct Row: Hashable, Sendable {
  let columns: [SQLiteValue]

  /// The number in a column; 0 for `NULL`.
  public func integer(_ column: Int) -> Int64 {
    guard case .integer(let number) = columns[column] else { return 0 }
    return number
  }

  /// The text in a column; empty for `NULL`.
  public func text(_ column: Int) -> String { optionalText(column) ?? "" }

  /// The text in a column.
  public func optionalText(_ column: Int) -> String? {
    guard case .text(let text) = columns[column] else { return nil }
    return text
  }

  /// The bytes in a column; empty for `NULL`.
  public func bytes(_ column: Int) -> [UInt8] {
    guard case .bytes(let bytes) = columns[column] else { return [] }
    return bytes
  }

  /// The moment in a column of milliseconds.
  public func moment(_ column: Int) -> Timestamp { Timestamp(milliseconds: integer(column)) }

  /// The moment in a column of milliseconds; `nil` for `NULL`.
  public func optionalMoment(_ column: Int) -> Timestamp? {
    columns[column] == .null ? nil : moment(column)
  }
}
