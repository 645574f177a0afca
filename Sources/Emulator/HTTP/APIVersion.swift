import ACSTypes

/// The `api-version` of a request, checked against what its plane knows (WIRE 0).
enum APIVersion {
  /// Accepts the oldest known version and everything newer; previews count by their date.
  ///
  /// - Throws: ``Refusal`` with status 400 when it is absent, malformed or older.
  static func check(_ exchange: Exchange, plane: Plane) throws(Refusal) {
    guard let oldest = plane.versions.first else { return }
    guard let version = exchange.query["api-version"], !version.isEmpty else {
      throw Refusal(
        400, "ApiVersionUnspecified", "An API version is required, but was not specified.",
        why: "Add the query parameter api-version, for example \(plane.versions.last ?? oldest).")
    }
    let date = version.prefix(10)
    let rest = version.dropFirst(10)
    let isWellFormed =
      Timestamp(iso8601: "\(date)T00:00:00Z") != nil && (rest.isEmpty || rest.hasPrefix("-preview"))
    guard isWellFormed, date >= oldest else {
      let uri = "\(exchange.request.origin)\(exchange.request.path)"
      throw Refusal(
        400, "UnsupportedApiVersion",
        "The HTTP resource that matches the request URI '\(uri)' does not support the API version "
          + "'\(version)'.",
        why: "Known are \(plane.versions.joined(separator: ", ")) and newer.")
    }
  }
}
