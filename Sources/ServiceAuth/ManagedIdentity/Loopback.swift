/// What of an address decides whether a secret may go there.
enum Loopback {
  /// Whether nobody on the way can read what is sent to `origin`: by TLS, or because it does not leave this machine.
  static func protectsSecrets(_ origin: String) -> Bool {
    if origin.hasPrefix("https://") { return true }
    guard origin.hasPrefix("http://") else { return false }
    let authority = origin.dropFirst(7)
    if authority.hasPrefix("[") { return authority.prefix { $0 != "]" } == "[::1" }
    let host = authority.prefix { $0 != ":" && $0 != "/" }
    if host.lowercased() == "localhost" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}
