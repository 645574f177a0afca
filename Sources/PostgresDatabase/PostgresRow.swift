public import ACSTypes

/// One row of an answer, its columns read in the order of the statement.
public struct PostgresRow: Hashable, Sendable {
  let columns: [String?]

  /// The number in a column; 0 for a null.
  public func integer(_ column: Int) -> Int64 { columns[column].flatMap { Int64($0) } ?? 0 }

  /// The text in a column; empty for a null.
  public func text(_ column: Int) -> String { columns[column] ?? "" }

  /// The text in a column.
  public func optionalText(_ column: Int) -> String? { columns[column] }

  /// The moment in a column of milliseconds.
  public func moment(_ column: Int) -> Timestamp { Timestamp(milliseconds: integer(column)) }
}

/// What a statement can take for a `$1`.
public protocol PostgresStorable {
  /// The value as the server reads it; `nil` is a null.
  var sent: String? { get }
}

extension String: PostgresStorable {
  /// The text.
  public var sent: String? { self }
}

extension Int64: PostgresStorable {
  /// The digits.
  public var sent: String? { String(self) }
}

extension Int: PostgresStorable {
  /// The digits.
  public var sent: String? { String(self) }
}

extension Timestamp: PostgresStorable {
  /// Its milliseconds.
  public var sent: String? { String(milliseconds) }
}

extension Optional: PostgresStorable where Wrapped: PostgresStorable {
  /// A null for `nil`.
  public var sent: String? { flatMap { $0.sent } }
}
