import CPostgres
import Services

/// libpq, loaded once for the process.
enum PostgresLibrary {
  /// Why it cannot be used, or `nil`; the first look loads it.
  static let failure: StoreError? = cpostgres_load().map { reason in
    StoreError(
      .unusable,
      "libpq could not be loaded (\(String(cString: reason))). Install the package libpq5.")
  }

  /// Makes sure that it is there.
  static func load() throws(StoreError) {
    if let failure { throw failure }
  }
}
