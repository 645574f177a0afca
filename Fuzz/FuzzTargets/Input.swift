/// Takes an input apart, where a target needs more than one text.
struct Input {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// The next byte; 0 at the end.
  mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

  /// The bytes up to the next newline, which is left out; `nil` at the end.
  mutating func line() -> String? {
    guard !rest.isEmpty else { return nil }
    let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
    defer { rest = rest[end...].dropFirst() }
    return String(decoding: rest[..<end], as: UTF8.self)
  }

  /// Everything that is left.
  mutating func all() -> [UInt8] {
    defer { rest = [] }
    return Array(rest)
  }
}

/// The text that a transport makes of bytes: what is no UTF-8 becomes U+FFFD.
func decoded(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
