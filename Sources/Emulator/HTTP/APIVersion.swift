import ACSTypes

/// The `api-version` of a request, checked against what its plane knows (WIRE 0).
enum APIVersion {
  /// How a request's version was judged.
  enum Judgement {
    /// The plane knows it, or one older than it and one newer.
    case known
    /// It is newer than all that the plane knows, and served as the newest.
    case newer(version: String, servedAs: String)
  }

  /// Accepts the oldest known version and everything newer; previews count by their date.
  ///
  /// With `isStrict` every version that is not known is refused, as the service does.
  ///
  /// - Throws: ``Refusal`` with status 400 when it is absent, malformed, older or refused.
  static func check(
    _ exchange: Exchange, plane: Plane, isStrict: Bool
  ) throws(Refusal) -> Judgement {
    guard let oldest = plane.versions.first, let newest = plane.versions.last else { return .known }
    guard let version = exchange.query["api-version"], !version.isEmpty else {
      throw Refusal(
        400, "ApiVersionUnspecified", "An API version is required, but was not specified.",
        why: "Add the query parameter api-version, for example \(newest).")
    }
    if plane.versions.contains(version) { return .known }
    let date = version.prefix(10)
    let rest = version.dropFirst(10)
    let isWellFormed =
      Timestamp(iso8601: "\(date)T00:00:00Z") != nil && (rest.isEmpty || rest.hasPrefix("-preview"))
    guard isWellFormed, date >= oldest, !isStrict || plane.versions.contains(version) else {
      let uri = "\(exchange.request.origin)\(exchange.request.path)"
      throw Refusal(
        400, "UnsupportedApiVersion",
        "The HTTP resource that matches the request URI '\(uri)' does not support the API version "
          + "'\(version)'.",
        why: "Known are \(plane.versions.joined(separator: ", "))"
          + (isStrict ? ", and --strict-versions refuses every other." : " and newer."))
    }
    return date > newest ? .newer(version: version, servedAs: newest) : .known
  }
}

extension Exchange {
  /// The version of `plane` by which the request is served: the newest known one that is not newer than asked for.
  func version(of plane: Plane) -> String {
    let asked = (query["api-version"] ?? "").prefix(10)
    return plane.versions.last { $0 <= asked } ?? plane.versions.first ?? ""
  }
}
