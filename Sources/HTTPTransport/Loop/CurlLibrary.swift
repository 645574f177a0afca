import CCurl
import Services

/// libcurl, loaded once for the process.
enum CurlLibrary {
  /// Why it cannot be used, or `nil`; the first look loads it.
  static let failure: TransportError? = ccurl_load().map { reason in
    TransportError(
      .libraryMissing,
      "libcurl could not be loaded (\(String(cString: reason))). Install the package libcurl4.")
  }
}
