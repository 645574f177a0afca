import ACSTypes
import CPostgres
import Glibc
public import Services

/// One connection to a PostgreSQL; one thread at a time, which waits while the server works.
public final class PostgresConnection {
  /// How long connecting may take, in seconds, unless the address says otherwise.
  private static let connectLimit = 5
  /// How long a statement may take.
  private static let statementLimit = Duration.seconds(5)

  /// Where the database is, for messages.
  let place: String
  private let connection: OpaquePointer
  /// False after a statement whose end is not known.
  private var isUsable = true

  /// Connects.
  ///
  /// - Throws: `StoreError`, with code `.unavailable` when trying again later makes sense.
  init(_ address: PostgresAddress) throws(StoreError) {
    try PostgresLibrary.load()
    place = address.place
    // What stands before the address holds unless the address says otherwise; what stands after it holds anyhow.
    let parameters: [(String, String)] = [
      ("connect_timeout", "\(PostgresConnection.connectLimit)"),
      ("fallback_application_name", "confab-serve"),
      ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
      ("dbname", address.text.reveal()),
      ("client_encoding", "UTF8"),
    ]
    let opened = withTexts(parameters.map(\.0)) { keywords in
      withTexts(parameters.map(\.1)) { cpostgres_connect(keywords, $0) }
    }
    guard let opened else { throw StoreError(.unusable, "There is no memory for a connection.") }
    connection = opened
    guard cpostgres_is_open(opened) else {
      throw StoreError(connecting: opened, place: place)
    }
    let limit = PostgresConnection.statementLimit.components.seconds
    try run("SELECT set_config('statement_timeout', $1, false)", "\(limit)s")
    let encoding = cpostgres_parameter(opened, "server_encoding").map { String(cString: $0) }
    guard encoding == "UTF8" else {
      throw StoreError(
        .unusable,
        "\(place) keeps texts as \(encoding ?? "something unknown"), which cannot hold every name; "
          + "make a database with ENCODING 'UTF8'.")
    }
  }

  deinit {
    cpostgres_close(connection)
  }

  /// Whether the server has not closed it, as far as is known; asks nobody.
  var isAlive: Bool { isUsable && cpostgres_is_alive(connection) }

  /// Runs one statement with values for its `$1`, `$2`, ….
  ///
  /// - Returns: The rows.
  /// - Throws: `StoreError`, with code `.unavailable` when the same may work on another connection.
  @discardableResult
  public func run(
    _ text: StaticString, _ values: any PostgresStorable...
  ) throws(StoreError) -> [PostgresRow] {
    let sent = values.map(\.sent)
    // The server takes none, and C would end the text there.
    guard !sent.contains(where: { $0?.utf8.contains(0) == true }) else {
      throw StoreError(.unusable, "A text with a zero byte cannot be kept.")
    }
    var result: OpaquePointer?
    let milliseconds = Int32(PostgresConnection.statementLimit / .milliseconds(1)) + 1000
    let outcome = withTexts(sent) {
      cpostgres_run(connection, "\(text)", Int32(sent.count), $0, milliseconds, &result)
    }
    defer { cpostgres_clear(result) }
    guard outcome == cpostgres_answered, let result else {
      isUsable = false
      let words = outcome == cpostgres_timed_out ? "did not answer in time" : "broke the connection"
      throw StoreError(.unavailable, "\(place) \(words). Is it running, and can it be reached?")
    }
    guard cpostgres_is_success(result) else { throw StoreError(result, place: place) }
    let columns = 0..<cpostgres_columns(result)
    return (0..<cpostgres_rows(result)).map { row in
      PostgresRow(
        columns: columns.map { column in
          cpostgres_value(result, row, column).map { String(cString: $0) }
        })
    }
  }

  /// Does `body` whole or not at all.
  public func transaction<Success>(
    _ body: () throws(StoreError) -> Success
  ) throws(StoreError) -> Success {
    try run("BEGIN")
    do throws(StoreError) {
      let success = try body()
      try run("COMMIT")
      return success
    } catch {
      if isUsable, (try? run("ROLLBACK")) == nil { isUsable = false }
      throw error
    }
  }
}

/// Lends C a list of texts, null for `nil`, with a null pointer at its end.
private func withTexts<Result>(
  _ texts: [String?], _ body: ([UnsafePointer<CChar>?]) -> Result
) -> Result {
  let copies = texts.map { $0.flatMap { strdup($0) } }
  defer { copies.forEach { free($0) } }
  return body(copies.map { UnsafePointer($0) } + [nil])
}
