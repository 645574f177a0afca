public import ACSTypes
import CPostgres
public import Services

/// Where a PostgreSQL database is and as whom to go there: `postgres://user@host:port/name?sslmode=verify-full`, or pairs
/// as in `host=/run/postgresql dbname=name`, as libpq takes them.
///
/// What it leaves out comes from libpq's own places: `PGPASSWORD`, `~/.pgpass`, `PGSSLROOTCERT` and so on.
public struct PostgresAddress: Sendable {
  /// The whole text; it may hold a password.
  let text: Secret
  /// Whether the text itself holds a password.
  public let hasPassword: Bool
  /// Host, port and database, for messages; never a user or a password.
  public let place: String

  /// Reads an address.
  ///
  /// - Throws: `StoreError` when it cannot be read, or when libpq is missing; the message quotes nothing of it.
  public init(_ text: Secret) throws(StoreError) {
    try PostgresLibrary.load()
    guard let options = cpostgres_options(text.reveal()) else {
      throw PostgresAddress.unreadable("")
    }
    defer { cpostgres_options_free(options) }
    var values: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val {
        values[String(cString: keyword)] = String(cString: value)
      }
      option += 1
    }
    let host = values["host"] ?? values["hostaddr"] ?? ""
    guard !host.contains("@") else {
      throw PostgresAddress.unreadable(" Write a password's @ as %40.")
    }
    hasPassword = values["password"] != nil || values["sslpassword"] != nil
    place =
      "PostgreSQL at \(host.isEmpty ? "the local socket" : host)"
      + (values["port"].map { ":\($0)" } ?? "") + (values["dbname"].map { "/\($0)" } ?? "")
    self.text = text
  }

  /// Whether `text` looks like an address of a PostgreSQL.
  public static func isLike(_ text: String) -> Bool {
    text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
      || (text.contains("=") && !text.hasPrefix("/"))
  }

  private static func unreadable(_ hint: String) -> StoreError {
    StoreError(
      .unusable,
      "The store's address cannot be read; write postgres://user@host:port/database, or "
        + "host=… dbname=… user=… as libpq takes it.\(hint)")
  }
}
