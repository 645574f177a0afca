import ACSTypes
import CSQLite

/// One open SQLite database; one thread at a time.
final class SQLiteConnection {
  /// A value in a statement or a row.
  enum Value: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// `NULL`.
    case null
    /// A whole number.
    case integer(Int64)
    /// A text.
    case text(String)

    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }

    /// A text or `NULL`.
    init(_ text: String?) { self = text.map(Value.text) ?? .null }

    /// The text; `nil` for anything else.
    var text: String? {
      guard case .text(let text) = self else { return nil }
      return text
    }
  }

  private let database: OpaquePointer
  /// Compiled statements by their text; all texts are literals of this target.
  private var statements: [String: OpaquePointer] = [:]

  /// Opens the file at `path`, made when absent, or a database in memory for `nil`.
  ///
  /// A write is on the disk when its statement returns; only this process may have the file open.
  init(path: String?) throws(StoreError) {
    var handle: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
    let status = sqlite3_open_v2(path ?? ":memory:", &handle, flags, nil)
    guard status == SQLITE_OK, let handle else {
      let words = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(handle)
      throw StoreError(status: status, words: words, path: path)
    }
    database = handle
    guard let path else { return }
    do throws(StoreError) {
      for pragma in [
        "PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL", "BEGIN EXCLUSIVE", "COMMIT",
      ] {
        try run(pragma)
      }
    } catch {
      var error = error
      error.path = path
      throw error
    }
  }

  deinit {
    for statement in statements.values { sqlite3_finalize(statement) }
    sqlite3_close_v2(database)
  }

  /// Runs one statement with values for its `?`.
  ///
  /// - Returns: The rows.
  @discardableResult
  func run(_ text: StaticString, _ values: Value...) throws(StoreError) -> [[Value]] {
    try run("\(text)", values)
  }

  @discardableResult
  private func run(_ text: String, _ values: [Value] = []) throws(StoreError) -> [[Value]] {
    let statement = try prepared(text)
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    for (place, value) in zip(Int32(1)..., values) {
      let status =
        switch value {
        case .null: sqlite3_bind_null(statement, place)
        case .integer(let number): sqlite3_bind_int64(statement, place, number)
        case .text(let text):
          csqlite_bind_text(statement, place, text, Int32(text.utf8.count))
        }
      guard status == SQLITE_OK else { throw failure(status) }
    }
    var rows: [[Value]] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        rows.append((0..<sqlite3_column_count(statement)).map { value(in: statement, at: $0) })
      case SQLITE_DONE: return rows
      case let status: throw failure(status)
      }
    }
  }

  private func prepared(_ text: String) throws(StoreError) -> OpaquePointer {
    if let statement = statements[text] { return statement }
    var statement: OpaquePointer?
    let status = sqlite3_prepare_v2(database, text, -1, &statement, nil)
    guard status == SQLITE_OK, let statement else { throw failure(status) }
    statements[text] = statement
    return statement
  }

  private func value(in statement: OpaquePointer, at column: Int32) -> Value {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
    case SQLITE_TEXT:
      let count = Int(sqlite3_column_bytes(statement, column))
      let bytes = UnsafeBufferPointer(start: sqlite3_column_text(statement, column), count: count)
      return .text(String(decoding: bytes, as: UTF8.self))
    default: return .null
    }
  }

  private func failure(_ status: Int32) -> StoreError {
    StoreError(status: status, words: String(cString: sqlite3_errmsg(database)), path: nil)
  }
}
