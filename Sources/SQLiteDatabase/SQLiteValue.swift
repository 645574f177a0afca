public import ACSTypes

/// A value in a statement or a row.
public enum SQLiteValue: Hashable, Sendable {
  /// `NULL`.
  case null
  /// A whole number.
  case integer(Int64)
  /// A text.
  case text(String)
  /// Bytes.
  case bytes([UInt8])
}

/// What a statement can take for a `?`.
public protocol Storable {
  /// The value as SQLite keeps it.
  var stored: SQLiteValue { get }
}

extension String: Storable {
  /// The text.
  public var stored: SQLiteValue { .text(self) }
}

extension Int64: Storable {
  /// The number.
  public var stored: SQLiteValue { .integer(self) }
}

extension Int: Storable {
  /// The number.
  public var stored: SQLiteValue { .integer(Int64(self)) }
}

extension [UInt8]: Storable {
  /// The bytes.
  public var stored: SQLiteValue { .bytes(self) }
}

extension Timestamp: Storable {
  /// Its milliseconds.
  public var stored: SQLiteValue { .integer(milliseconds) }
}

extension Optional: Storable where Wrapped: Storable {
  /// `NULL` for `nil`.
  public var stored: SQLiteValue { self?.stored ?? .null }
}
