import CSQLite
import Glibc
public import Services

/// One open SQLite database; one thread at a time.
///
/// A write is on the disk when its transaction returns. Statements are compiled once.
public final class SQLiteConnection {
  /// Who else may use the file.
  public enum Access: Hashable, Sendable {
    /// Nobody else has it open: a second one is refused with `.locked`.
    case exclusive
    /// Other processes read and write it, too; a write waits up to five seconds for theirs.
    case shared
    /// Reads beside whoever writes; the file must exist and be of today's version.
    case readOnly
  }

  /// How long a write waits for another process's.
  private static let patience: Int32 = 5000

  /// The file, or what stands for it in messages.
  let place: String
  private let schema: SQLiteSchema
  private let path: String?
  let database: OpaquePointer
  /// Compiled statements by their text; all texts are literals, with the number of a table at the most.
  private var statements: [String: OpaquePointer] = [:]

  /// Opens the file at `path`, made when absent, or a database in memory for `nil`, and brings it to the schema's
  /// version.
  ///
  /// - Throws: `StoreError`; neither the file nor the log of changes beside it is changed then.
  public init(
    path: String?, schema: SQLiteSchema, access: Access = .exclusive
  ) throws(StoreError) {
    place = path ?? schema.name
    self.schema = schema
    self.path = path
    let leftovers = try path.map { path throws(StoreError) in try Leftovers(beside: path) }
    database = try SQLiteConnection.open(path, schema, access)
    // Closing would bring the log's changes into a file that is refused.
    if leftovers?.endedCleanly == false { csqlite_leave_log_on_close(database, 1) }
    if access != .exclusive { sqlite3_busy_timeout(database, SQLiteConnection.patience) }
    if path != nil, access == .exclusive { try run("PRAGMA locking_mode = EXCLUSIVE") }
    // Reading first leaves a file that is not ours untouched.
    let version = try schema.check(self)
    guard access != .readOnly else {
      guard version == schema.version else {
        throw StoreError(
          .unusable, "\(place) is of an older version; start \(schema.program) once to renew it.")
      }
      return
    }
    if access == .exclusive, let leftovers { try checkPages(leftovers) }
    if path != nil {
      try turnToLog(patiently: access == .shared)
      try run("PRAGMA synchronous = FULL")
    }
    try run("PRAGMA foreign_keys = ON")
    // What is deleted is overwritten: it may be somebody's name.
    try run("PRAGMA secure_delete = ON")
    if access == .exclusive {
      // Takes the lock now, not at the first write.
      try run("BEGIN EXCLUSIVE")
      try run("COMMIT")
    }
    try schema.bringUp(self)
    csqlite_leave_log_on_close(database, 0)
  }

  deinit {
    for statement in statements.values { sqlite3_finalize(statement) }
    sqlite3_close_v2(database)
  }

  /// Turns the file to a log of changes ahead of it.
  ///
  /// SQLite answers at once, without patience, when several processes do so to a new file.
  private func turnToLog(patiently: Bool) throws(StoreError) {
    let pause: Int32 = 10
    var triesLeft = patiently ? SQLiteConnection.patience / pause : 0
    while true {
      do throws(StoreError) {
        try run("PRAGMA journal_mode = WAL")
        return
      } catch {
        guard triesLeft > 0, error.code == .locked else { throw error }
        triesLeft -= 1
        usleep(UInt32(pause) * 1000)
      }
    }
  }

  /// Runs one statement with values for its `?`.
  ///
  /// - Returns: The rows.
  @discardableResult
  public func run(_ text: StaticString, _ values: any Storable...) throws(StoreError) -> [Row] {
    try run(prepared("\(text)"), values)
  }

  /// Runs one statement about one of many tables that are alike: `#` in it stands for the table's number.
  @discardableResult
  public func run(
    _ text: StaticString, table: Int64, _ values: any Storable...
  ) throws(StoreError) -> [Row] {
    let parts = "\(text)".split(separator: "#", omittingEmptySubsequences: false)
    return try run(prepared(parts.joined(separator: String(table))), values)
  }

  /// Runs one statement and gives each row to `body` before the next is read.
  ///
  /// For many rows of which none is to be kept. `rest` goes on with what several statements begin with.
  public func each(
    _ text: StaticString, then rest: StaticString = "", _ values: any Storable...,
    body: (Row) throws(StoreError) -> Void
  ) throws(StoreError) {
    try run(prepared("\(text) \(rest)"), values, body)
  }

  private func run(
    _ statement: OpaquePointer, _ values: [any Storable]
  ) throws(StoreError) -> [Row] {
    var rows: [Row] = []
    try run(statement, values) { row in rows.append(row) }
    return rows
  }

  private func run(
    _ statement: OpaquePointer, _ values: [any Storable],
    _ body: (Row) throws(StoreError) -> Void
  ) throws(StoreError) {
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    for (place, value) in zip(Int32(1)..., values) {
      try check(bind(value.stored, at: place, of: statement))
    }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        let columns = (0..<sqlite3_column_count(statement)).map { value(in: statement, at: $0) }
        try body(Row(columns: columns))
      case SQLITE_DONE: return
      case let status: throw failure(status)
      }
    }
  }

  /// Reads with `body` what the file held when it began, whatever others write meanwhile.
  public func snapshot<Success>(
    _ body: () throws(StoreError) -> Success
  ) throws(StoreError) -> Success {
    // Within a transaction, it is one already.
    guard sqlite3_get_autocommit(database) != 0 else { return try body() }
    try run("BEGIN")
    defer { _ = try? run("COMMIT") }
    return try body()
  }

  /// Does `body` whole or not at all; within another transaction, as a part of it that can fail alone.
  public func transaction<Success>(_ body: () throws -> Success) throws -> Success {
    let isInner = try begin()
    do {
      let success = try body()
      try commit(isInner)
      return success
    } catch {
      rollBack(isInner)
      throw error
    }
  }

  /// Does `body`, which fails only when the database does, as the other form does.
  public func transaction<Success>(
    _ body: () throws(StoreError) -> Success
  ) throws(StoreError) -> Success {
    let isInner = try begin()
    do throws(StoreError) {
      let success = try body()
      try commit(isInner)
      return success
    } catch {
      rollBack(isInner)
      throw error
    }
  }

  /// How many rows the last statement changed.
  public var changes: Int { Int(sqlite3_changes(database)) }

  /// How many rows all statements changed so far, those included that were taken back.
  public var allChanges: Int64 { sqlite3_total_changes64(database) }

  /// From now on a commit does not wait for the disk; whoever has the log does.
  ///
  /// A commit then is safe from the end of the program at once, and from the machine's when the log was synced.
  ///
  /// - Returns: The log; `nil` for a database in memory.
  public func handOverLog() throws(StoreError) -> WriteAheadLog? {
    guard let path else { return nil }
    try run("PRAGMA synchronous = NORMAL")
    // A log of 16 MiB; bringing it into the file stops everybody, so it is done for many commits at a time.
    try run("PRAGMA wal_autocheckpoint = 4096")
    return try WriteAheadLog(of: path)
  }

  /// True while a transaction is open.
  public var isInTransaction: Bool { sqlite3_get_autocommit(database) == 0 }

  /// Begins a transaction of which those that follow are parts, until ``commitBatch()``; nothing while there is one.
  public func beginBatch() throws(StoreError) {
    if sqlite3_get_autocommit(database) != 0 { try run("BEGIN") }
  }

  /// Commits what ``beginBatch()`` began.
  ///
  /// - Throws: `StoreError`; all its parts are lost then.
  public func commitBatch() throws(StoreError) {
    guard sqlite3_get_autocommit(database) == 0 else { return }
    do {
      try commit(false)
    } catch {
      rollBack(false)
      throw error
    }
  }

  func setVersion(_ version: Int64) throws(StoreError) {
    // A pragma takes no parameter.
    try check(sqlite3_exec(database, "PRAGMA user_version = \(version)", nil, nil, nil))
  }
}

extension SQLiteConnection {
  /// Begins a transaction.
  ///
  /// - Returns: True when it is a part of another one.
  private func begin() throws(StoreError) -> Bool {
    let isInner = sqlite3_get_autocommit(database) == 0
    try run(isInner ? "SAVEPOINT part" : "BEGIN IMMEDIATE")
    return isInner
  }

  private func commit(_ isInner: Bool) throws(StoreError) {
    try run(isInner ? "RELEASE part" : "COMMIT")
  }

  private func rollBack(_ isInner: Bool) {
    // When COMMIT itself failed, SQLite may have rolled back already.
    _ = try? run(isInner ? "ROLLBACK TO part" : "ROLLBACK")
    if isInner { _ = try? run("RELEASE part") }
  }

  private static func open(
    _ path: String?, _ schema: SQLiteSchema, _ access: Access
  ) throws(StoreError) -> OpaquePointer {
    var handle: OpaquePointer?
    let mode =
      access == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    let status = sqlite3_open_v2(
      path ?? ":memory:", &handle, mode | SQLITE_OPEN_NOMUTEX, nil)
    guard status == SQLITE_OK, let handle else {
      let words = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(handle)
      throw StoreError(
        status: status, words: words, place: path ?? schema.name, schema: schema)
    }
    return handle
  }

  private func prepared(_ text: String) throws(StoreError) -> OpaquePointer {
    if let statement = statements[text] { return statement }
    var statement: OpaquePointer?
    let status = sqlite3_prepare_v2(database, text, -1, &statement, nil)
    guard status == SQLITE_OK, let statement else { throw failure(status) }
    statements[text] = statement
    return statement
  }

  private func bind(_ value: SQLiteValue, at place: Int32, of statement: OpaquePointer) -> Int32 {
    switch value {
    case .null: sqlite3_bind_null(statement, place)
    case .integer(let number): sqlite3_bind_int64(statement, place, number)
    case .text(let text): csqlite_bind_text(statement, place, text, Int32(text.utf8.count))
    case .bytes(let bytes): csqlite_bind_blob(statement, place, bytes, Int32(bytes.count))
    }
  }

  private func value(in statement: OpaquePointer, at column: Int32) -> SQLiteValue {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
    case SQLITE_TEXT:
      let count = Int(sqlite3_column_bytes(statement, column))
      let bytes = UnsafeBufferPointer(start: sqlite3_column_text(statement, column), count: count)
      return .text(String(decoding: bytes, as: UTF8.self))
    case SQLITE_BLOB:
      let count = Int(sqlite3_column_bytes(statement, column))
      return .bytes(
        Array(UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, column), count: count)))
    default: return .null
    }
  }

  private func check(_ status: Int32) throws(StoreError) {
    guard status == SQLITE_OK else { throw failure(status) }
  }

  private func failure(_ status: Int32) -> StoreError {
    StoreError(
      status: status, words: String(cString: sqlite3_errmsg(database)), place: place,
      schema: schema)
  }
}
