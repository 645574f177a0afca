import ACSTypes

/// Puts together the requests of one service at one endpoint.
struct RequestBuilder: Hashable, Sendable {
  /// Scheme, host and port.
  let origin: String
  /// The contract's version, which every request names.
  let apiVersion: String

  /// The endpoint may end in slashes, as connection strings have it.
  init(endpoint: String, apiVersion: String) {
    var origin = endpoint[...]
    while origin.last == "/" { origin.removeLast() }
    self.origin = String(origin)
    self.apiVersion = apiVersion
  }

  /// A request without a body.
  ///
  /// The path's ids are percent-encoded already; the query's values are encoded here, and `nil` ones left out.
  func request(
    _ method: String, _ path: String, query: KeyValuePairs<String, String?> = [:]
  ) -> HTTPRequest {
    var target = "\(path)?"
    for case (let name, let value?) in query { target += "\(name)=\(value.percentEncoded)&" }
    target += "api-version=\(apiVersion)"
    return HTTPRequest(
      method: method, origin: origin, target: target, headers: ["Accept": "application/json"])
  }

  /// A request with a JSON body; a `PATCH` is a merge patch.
  func request(_ method: String, _ path: String, body: some WireValue) -> HTTPRequest {
    var request = request(method, path)
    let type = method == "PATCH" ? "application/merge-patch+json" : "application/json"
    request.headers["Content-Type"] = type
    request.body = body.bytes
    return request
  }

  /// The request for the next page.
  ///
  /// The link is followed verbatim but for bytes that no request line may hold, which real links do hold (WIRE 12.7).
  ///
  /// - Throws: ``WireError`` with code `.badValue` when the link leads to another origin: the authorisation that the
  ///   request is going to carry must not go there.
  func next(_ link: String) throws(WireError) -> HTTPRequest {
    guard let slashes = link.firstRange(of: "://"),
      let slash = link[slashes.upperBound...].firstIndex(of: "/"),
      normal(link[..<slash]) == normal(origin[...])
    else {
      throw WireError(
        .badValue, "The link to the next page leads to another server than \(origin).",
        path: "nextLink")
    }
    var target: [UInt8] = []
    for byte in link[slash...].utf8 {
      if byte <= 0x20 || byte >= 0x7F {
        let digits = String(byte, radix: 16, uppercase: true)
        target.append(contentsOf: (byte < 0x10 ? "%0" : "%").utf8)
        target.append(contentsOf: digits.utf8)
      } else {
        target.append(byte)
      }
    }
    return HTTPRequest(
      method: "GET", origin: origin, target: String(decoding: target, as: UTF8.self),
      headers: ["Accept": "application/json"])
  }

  /// An origin without the default port, in lower case.
  private func normal(_ origin: Substring) -> Substring {
    let origin = origin.lowercased()[...]
    if origin.hasPrefix("https://"), origin.hasSuffix(":443") { return origin.dropLast(4) }
    if origin.hasPrefix("http://"), origin.hasSuffix(":80") { return origin.dropLast(3) }
    return origin
  }
}

extension HTTPRequest {
  /// The request with the headers under which a repeated one is done once (WIRE 6, 7).
  func repeatable(id: String, firstSent: Timestamp) -> HTTPRequest {
    var request = self
    request.headers["Repeatability-Request-ID"] = id
    request.headers["Repeatability-First-Sent"] = firstSent.httpDate
    return request
  }
}
