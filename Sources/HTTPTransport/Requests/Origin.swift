import Services

/// Where a request goes: `http://127.0.0.1:7750`, `https://[::1]`, `https://name.example`.
struct Origin: Sendable {
  /// As it was given.
  let text: String
  let isSecure: Bool
  /// Without brackets.
  let host: String
  /// Empty for the scheme's own port.
  let port: String

  /// Takes scheme, host and port apart; nothing else is allowed.
  init(_ text: String) throws(TransportError) {
    let bad = TransportError(
      .badURL, "\(text.debugDescription) is not an address of the form http[s]://host[:port].")
    let rest: Substring
    if text.hasPrefix("https://") {
      (isSecure, rest) = (true, text.dropFirst(8))
    } else if text.hasPrefix("http://") {
      (isSecure, rest) = (false, text.dropFirst(7))
    } else {
      throw bad
    }
    let (host, port): (Substring, Substring)
    if rest.first == "[" {
      guard let end = rest.firstIndex(of: "]") else { throw bad }
      host = rest[rest.index(after: rest.startIndex)..<end]
      port = rest[rest.index(after: end)...]
      guard host.utf8.allSatisfy({ isHexDigit($0) || $0 == 58 || $0 == 46 }) else { throw bad }
    } else {
      let end = rest.firstIndex(of: ":") ?? rest.endIndex
      (host, port) = (rest[..<end], rest[end...])
      guard host.utf8.allSatisfy(isNameByte) else { throw bad }
    }
    let number = port.dropFirst()
    let hasPort = port.first == ":" && number.utf8.allSatisfy({ (48...57).contains($0) })
    guard !host.isEmpty, port.isEmpty || hasPort && UInt16(number) != nil else { throw bad }
    self.text = text
    self.host = String(host)
    self.port = String(number)
  }

  /// Whether the host is this machine by its name or number, so that nothing leaves it.
  var isLoopback: Bool {
    host == "::1" || host.lowercased() == "localhost" || octets?[0] == 127
  }

  /// Whether no proxy may stand between: this machine itself, and addresses of its own link, as metadata servers have.
  var isOnThisLink: Bool { isLoopback || octets?[..<2] == [169, 254] }

  /// The four numbers of an IPv4 address; `nil` for any other host.
  private var octets: [UInt8]? {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { UInt8($0) }
    return parts.count == 4 && numbers.count == 4 ? numbers : nil
  }

  /// Whether a token may be sent there.
  var protectsSecrets: Bool { isSecure || isLoopback }

  /// Host and port as they stand in a `Host` header.
  var hostField: String { String(text.dropFirst(isSecure ? 8 : 7)) }
}

private func isHexDigit(_ byte: UInt8) -> Bool {
  (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
}

private func isNameByte(_ byte: UInt8) -> Bool {
  (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
}
