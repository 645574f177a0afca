import ACSTypes

/// Which names this service answers to, so that no web page can reach it under a name of its own.
enum HostRule {
  /// True for `localhost`, names under it, `127.0.0.0/8` and `[::1]`, with or without a port.
  static func isLoopback(_ host: some StringProtocol) -> Bool {
    let name = withoutPort(Substring(host.lowercased()))
    if name == "[::1]" || name == "localhost" || name.hasSuffix(".localhost") { return true }
    let numbers = name.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers[0] == "127"
      && numbers.allSatisfy { number in
        number.utf8.count <= 3 && number.utf8.allSatisfy { (48...57).contains($0) }
          && UInt8(number) != nil
      }
  }

  /// The host of an origin, `https://example.com:8443/x` or the like, without its port.
  static func name(ofOrigin origin: String) -> Substring {
    guard let slashes = origin.firstRange(of: "://") else { return "" }
    let host = origin[slashes.upperBound...].prefix { $0 != "/" }
    return withoutPort(Substring(host.lowercased()))
  }

  /// Lets a request through that came under a loopback name, or under the public one to where ACS itself calls.
  ///
  /// A browser tells in `Origin` which page sends it; only pages on loopback may.
  static func check(
    _ request: HTTPRequest, publicURL: String, isWebhook: Bool
  ) throws(RequestProblem) {
    let name = withoutPort(Substring(request.host.lowercased()))
    guard isLoopback(name) || (isWebhook && name == HostRule.name(ofOrigin: publicURL)) else {
      throw RequestProblem(
        status: 421, code: "WrongHost",
        message: "This service answers only to loopback names, as in http://127.0.0.1 or "
          + "http://localhost.")
    }
    if let origin = request.headers["Origin"], !isLoopback(HostRule.name(ofOrigin: origin)) {
      throw RequestProblem(
        status: 403, code: "WrongOrigin",
        message: "Web pages of other machines may not use this service.")
    }
  }

  private static func withoutPort(_ host: Substring) -> Substring {
    guard let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") else { return host }
    let port = host[host.index(after: colon)...]
    let isBare = !host.hasPrefix("[") && host.firstIndex(of: ":") != colon
    return isBare || !port.utf8.allSatisfy({ (48...57).contains($0) }) ? host : host[..<colon]
  }
}
