import ACSTypes

/// Whose word counts about where a request came from.
public struct ProxyRules: Hashable, Sendable {
  /// The header by which a proxy tells.
  ///
  /// One only: what the proxy does not set, a client could.
  public enum Header: String, Hashable, Sendable, CaseIterable {
    /// `X-Forwarded-For: 192.0.2.1, 10.0.0.7`.
    case forwardedFor = "X-Forwarded-For"
    /// `Forwarded: for=192.0.2.1, for="[2001:db8::1]:80"` (RFC 7239).
    case forwarded = "Forwarded"
  }

  /// The proxies that are believed; empty for none.
  public var trusted: [NetworkRange] = []
  /// What they tell it by.
  public var header = Header.forwardedFor

  /// Rules that believe nobody.
  public init() {}

  /// Where `request` came from: the nearest address that is no trusted proxy's; `peer` is at the other end of the
  /// connection.
  ///
  /// Each proxy appends who asked it, so the list is read from its end: what stands before the first stranger is the
  /// stranger's own word.
  func client(of request: HTTPRequest, from peer: NetworkAddress) -> NetworkAddress {
    guard isTrusted(peer) else { return peer }
    var client = peer
    for text in hops(request).reversed() {
      guard let address = NetworkAddress(text) else { return client }
      client = address
      if !isTrusted(address) { break }
    }
    return client
  }

  /// True when the request came through some proxy, believed or not.
  static func isForwarded(_ request: HTTPRequest) -> Bool {
    Header.allCases.contains { request.headers[$0.rawValue] != nil }
  }

  private func isTrusted(_ address: NetworkAddress) -> Bool {
    trusted.contains { $0.contains(address) }
  }

  private func hops(_ request: HTTPRequest) -> [Substring] {
    let name = header.rawValue.lowercased()
    let list = request.headers.fields.filter { $0.name.lowercased() == name }
      .flatMap { $0.value.split(separator: ",") }.map { trimmed($0, " \t") }
    guard header == .forwarded else { return list }
    return list.map { element in
      for pair in element.split(separator: ";") {
        let pair = trimmed(pair, " \t")
        if pair.lowercased().hasPrefix("for=") { return trimmed(pair.dropFirst(4), "\"") }
      }
      return ""
    }
  }
}

private func trimmed(_ text: Substring, _ marks: String) -> Substring {
  var text = text.drop { marks.contains($0) }
  while let last = text.last, marks.contains(last) { text.removeLast() }
  return text
}
