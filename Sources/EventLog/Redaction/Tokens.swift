/// The names before `=` whose values let somebody in.
private let tellingNames: Set<String> = [
  "accesskey", "access_token", "api_key", "apikey", "client_assertion", "client_secret", "code",
  "id_token", "key", "password", "refresh_token", "secret", "sharedaccesskey", "sig", "token",
]

/// The text with everything that looks like a token, a key or a password blotted out, letter for letter.
///
/// No event carries one; this is for what services and people write where none belongs. Found are: signed tokens
/// (`eyJ….….…`), what follows `Bearer` unless it was left out already (`<redacted>`), the values of telling names (`?sig=…`, `accesskey=…`), and passwords in URLs.
func withoutTokens(_ text: String) -> String {
  var text = text
  let found: [Range<Int>]? = text.withUTF8 { bytes in
    var finder = TokenFinder(bytes: bytes)
    return finder.ranges()
  }
  guard let found, !found.isEmpty else { return text }
  var bytes = Array(text.utf8)
  for range in found {
    for index in range { bytes[index] = UInt8(ascii: "x") }
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// Walks once over the bytes of a text.
private struct TokenFinder {
  let bytes: UnsafeBufferPointer<UInt8>
  private var found: [Range<Int>] = []

  init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  mutating func ranges() -> [Range<Int>] {
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "e") where matches("eyj", at: index): signed(from: index)
      case UInt8(ascii: "="): value(after: index)
      case UInt8(ascii: " ") where index >= 6 && matches("bearer", at: index - 6):
        mark(index + 1, run(from: index + 1) { $0 > 0x20 && !"\"<>".utf8.contains($0) })
      case UInt8(ascii: "@"): password(before: index)
      default: break
      }
      index = max(index + 1, found.last?.upperBound ?? 0)
    }
    return found
  }

  private mutating func mark(_ start: Int, _ end: Int) {
    if end > start { found.append(start..<end) }
  }

  private mutating func signed(from start: Int) {
    let end = run(from: start) { isTokenByte($0) || $0 == UInt8(ascii: ".") }
    if end - start >= 20, bytes[start..<end].contains(UInt8(ascii: ".")) { mark(start, end) }
  }

  private mutating func value(after equals: Int) {
    var start = equals
    while start > 0, isTokenByte(bytes[start - 1]), equals - start < 20 { start -= 1 }
    let name = String(decoding: bytes[start..<equals], as: UTF8.self).lowercased()
    guard tellingNames.contains(name) else { return }
    mark(
      equals + 1,
      run(from: equals + 1) { $0 > 0x20 && !"&;,\"'#<>".utf8.contains($0) })
  }

  /// `https://name:password@host`.
  private mutating func password(before at: Int) {
    var start = at
    while start > 0, bytes[start - 1] > 0x20, bytes[start - 1] != UInt8(ascii: "/") { start -= 1 }
    guard start >= 2, bytes[start - 2] == UInt8(ascii: "/"),
      let colon = bytes[start..<at].firstIndex(of: UInt8(ascii: ":"))
    else { return }
    mark(colon + 1, at)
  }

  private func run(from start: Int, while holds: (UInt8) -> Bool) -> Int {
    var end = start
    while end < bytes.count, holds(bytes[end]) { end += 1 }
    return end
  }

  /// Compares without regard to the case of letters; `word` is in lower case.
  private func matches(_ word: StaticString, at index: Int) -> Bool {
    guard index + word.utf8CodeUnitCount <= bytes.count else { return false }
    for offset in 0..<word.utf8CodeUnitCount
    where bytes[index + offset] | 0x20 != word.utf8Start[offset] {
      return false
    }
    return true
  }

  private func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }
}
