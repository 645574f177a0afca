/// An absolute address as people write it into a configuration, taken apart.
///
/// `ws` and `wss` become `http` and `https`, as ``HTTPRequest/origin`` has them; a fragment is dropped.
public struct HTTPAddress: Hashable, Sendable {
  /// Scheme, host and port, scheme and host in lower case, a default port left out: `https://127.0.0.1:7751`.
  public var origin: String
  /// Path and query as written; `/` when there is neither.
  public var target: String

  /// Reads `http://`, `https://`, `ws://` and `wss://` addresses.
  ///
  /// - Returns: `nil` for any other text: without a host, with an impossible port, with blanks or control
  ///   characters, or with a user name or password, which would be shown wherever the address is.
  public init?(_ text: String) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }),
      let slashes = text.firstRange(of: "://"),
      let scheme = HTTPAddress.schemes[text[..<slashes.lowerBound].lowercased()]
    else { return nil }
    let rest = text[slashes.upperBound...].prefix { $0 != "#" }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    guard let host = HTTPAddress.host(authority, scheme: scheme) else { return nil }
    origin = "\(scheme)://\(host)"
    let tail = rest[authority.endIndex...]
    target = tail.hasPrefix("/") ? String(tail) : "/\(tail)"
  }

  /// The whole address without its query, fit to be shown: queries may hold keys.
  public var withoutQuery: String {
    "\(origin)\(target.prefix { $0 != "?" })"
  }

  private static let schemes = ["http": "http", "https": "https", "ws": "http", "wss": "https"]

  /// Host and port, as they are to stand in an origin.
  private static func host(_ authority: Substring, scheme: String) -> String? {
    guard !authority.contains(where: { "@\\\"<>^`{|}".contains($0) }) else { return nil }
    var host = authority
    var port: Substring?
    // The colons of an IPv6 address stand within brackets.
    if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
      host = authority[..<colon]
      port = authority[authority.index(after: colon)...]
    }
    guard !host.isEmpty, host.hasPrefix("[") || !host.contains(":") else { return nil }
    guard let port else { return host.lowercased() }
    guard port.allSatisfy(\.isNumber), let number = UInt16(port), number > 0 else { return nil }
    let isDefault = number == (scheme == "https" ? 443 : 80)
    return host.lowercased() + (isDefault ? "" : ":\(number)")
  }
}
