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

  /// Lets a request through that came under a name of this service.
  ///
  /// Where callers prove nothing, a name of loopback is all that keeps web pages out (a page can point a name of its
  /// own at 127.0.0.1), so only ACS itself may use the public one, for its webhooks. Where callers must prove who they are,
  /// the names configured count, and any name when there are none: no browser adds a proof by itself.
  ///
  /// A browser tells in `Origin` which page sends the request: pages of this service itself may, those that are
  /// configured, and without proofs those of loopback.
  static func check(
    _ request: HTTPRequest, rules: ServiceRules, publicURL: String, isWebhook: Bool
  ) throws(RequestProblem) {
    let name = withoutPort(Substring(request.host.lowercased()))
    let publicName = HostRule.name(ofOrigin: publicURL)
    let isOwn =
      if !rules.callers.isClosed { isLoopback(name) || (isWebhook && name == publicName) } else {
        rules.hosts.isEmpty || isLoopback(name) || name == publicName
          || rules.hosts.contains { withoutPort(Substring($0.lowercased())) == name }
      }
    guard isOwn else {
      throw RequestProblem(
        status: 421, code: "WrongHost",
        message: rules.callers.isClosed
          ? "This service does not go by that name; its configuration lists its names as hosts."
          : "This service answers only to loopback names, as in http://127.0.0.1 or "
            + "http://localhost.")
    }
    guard let origin = request.headers["Origin"] else { return }
    let page = HostRule.name(ofOrigin: origin)
    guard
      rules.origins.allow(origin)
        || (rules.callers.isClosed ? !page.isEmpty && page == name : isLoopback(page))
    else {
      throw RequestProblem(
        status: 403, code: "WrongOrigin",
        message: "Web pages of that origin may not use this service; its configuration lists those "
          + "that may as cors.origins.")
    }
  }

  private static func withoutPort(_ host: Substring) -> Substring {
    guard let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") else { return host }
    let port = host[host.index(after: colon)...]
    let isBare = !host.hasPrefix("[") && host.firstIndex(of: ":") != colon
    return isBare || !port.utf8.allSatisfy({ (48...57).contains($0) }) ? host : host[..<colon]
  }
}
