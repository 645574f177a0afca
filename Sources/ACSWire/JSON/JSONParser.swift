extension JSONValue {
  /// Reads exactly one JSON text by RFC 8259.
  ///
  /// Where the standard leaves the choice: of members with equal names the last wins; an escaped lone surrogate becomes
  /// U+FFFD, so that one bad message does not hide a page of good ones; a leading byte order mark is skipped; a number
  /// too large for a `Double` is an error; nesting deeper than 64 is an error. How long a text may be is the caller's
  /// to limit.
  ///
  /// - Throws: ``WireError`` with code `.badJSON` or `.tooDeep` and the place.
  public static func parse(_ bytes: [UInt8]) throws(WireError) -> JSONValue {
    var parser = JSONParser(bytes: bytes)
    return try parser.document()
  }

  /// Reads one JSON text; see ``parse(_:)-([UInt8])``.
  public static func parse(_ text: some StringProtocol) throws(WireError) -> JSONValue {
    try parse(Array(text.utf8))
  }
}

/// Walks over the bytes of one text, from value to value.
private struct JSONParser {
  private static let deepest = 64

  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func document() throws(WireError) -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    let value = try value()
    skipBlanks()
    guard index == bytes.count else { throw failure("nothing more after the value") }
    return value
  }

  /// The byte at `index`; 0, which no JSON text holds outside strings, at the end.
  private var current: UInt8 { index < bytes.count ? bytes[index] : 0 }

  private mutating func skipBlanks() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x0A, 0x0D, 0x09: index += 1
      default: return
      }
    }
  }

  private mutating func value() throws(WireError) -> JSONValue {
    skipBlanks()
    switch current {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw failure("a value")
    }
  }

  private mutating func word(
    _ word: String, _ value: JSONValue
  ) throws(WireError) -> JSONValue {
    let end = index + word.utf8.count
    guard end <= bytes.count, bytes[index..<end].elementsEqual(word.utf8) else {
      throw failure("true, false or null")
    }
    index = end
    return value
  }

  private mutating func object() throws(WireError) -> JSONValue {
    try enter()
    var members: [JSONObject.Member] = []
    skipBlanks()
    if !skip(UInt8(ascii: "}")) {
      members.reserveCapacity(8)
      repeat {
        skipBlanks()
        guard current == UInt8(ascii: "\"") else { throw failure("a member's name in quotes") }
        let name = try string()
        skipBlanks()
        guard skip(UInt8(ascii: ":")) else { throw failure("a colon") }
        members.append(JSONObject.Member(name, try value()))
        skipBlanks()
      } while skip(UInt8(ascii: ","))
      guard skip(UInt8(ascii: "}")) else { throw failure("a comma or }") }
    }
    depth -= 1
    return .object(JSONObject(members: members))
  }

  private mutating func array() throws(WireError) -> JSONValue {
    try enter()
    var elements: [JSONValue] = []
    skipBlanks()
    if !skip(UInt8(ascii: "]")) {
      repeat {
        elements.append(try value())
        skipBlanks()
      } while skip(UInt8(ascii: ","))
      guard skip(UInt8(ascii: "]")) else { throw failure("a comma or ]") }
    }
    depth -= 1
    return .array(elements)
  }

  /// Passes an opening bracket.
  private mutating func enter() throws(WireError) {
    depth += 1
    guard depth <= JSONParser.deepest else {
      throw WireError(
        .tooDeep, "The JSON text is nested deeper than \(JSONParser.deepest) levels.",
        position: JSONPosition(offset: index, in: bytes))
    }
    index += 1
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func number() throws(WireError) -> JSONValue {
    let start = index
    var isWhole = true
    let isNegative = skip(UInt8(ascii: "-"))
    if !skip(UInt8(ascii: "0")) { try digits() }
    if skip(UInt8(ascii: ".")) {
      isWhole = false
      try digits()
    }
    if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
      isWhole = false
      if !skip(UInt8(ascii: "+")) { _ = skip(UInt8(ascii: "-")) }
      try digits()
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isWhole, let number = Int64(text), number != 0 || !isNegative { return .integer(number) }
    guard let number = Double(text), number.isFinite else {
      index = start
      throw failure("a number within the range of a double")
    }
    return .number(number)
  }

  /// Passes one digit or more.
  private mutating func digits() throws(WireError) {
    let start = index
    while index < bytes.count, bytes[index] &- 48 < 10 { index += 1 }
    guard index > start else { throw failure("a digit") }
  }

  private mutating func string() throws(WireError) -> String {
    index += 1
    let start = index
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        let text = try text(bytes[start..<index], from: start)
        index += 1
        return text
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      guard byte >= 0x20 else { throw failure("an escape instead of a control character") }
      index += 1
    }
    throw failure("a closing quote")
  }

  /// The rest of a string whose first escape is at `index`.
  private mutating func escapedString(from start: Int) throws(WireError) -> String {
    var result = Array(bytes[start..<index])
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return try text(result[...], from: start)
      case UInt8(ascii: "\\"):
        index += 1
        try escape(into: &result)
      case 0..<0x20:
        throw failure("an escape instead of a control character")
      default:
        result.append(byte)
        index += 1
      }
    }
    throw failure("a closing quote")
  }

  private mutating func escape(into result: inout [UInt8]) throws(WireError) {
    let byte = current
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "u"):
      index += 1
      result.append(contentsOf: try unicodeEscape().utf8)
      return
    default: throw failure("one of \"\\/bfnrtu after a backslash")
    }
    index += 1
  }

  /// The character of `XXXX` or `XXXX\uXXXX` at `index`; U+FFFD for half a surrogate pair.
  private mutating func unicodeEscape() throws(WireError) -> Character {
    let unit = try hexadecimal()
    guard (0xD800...0xDFFF).contains(unit) else { return Character(scalar(unit)) }
    guard unit < 0xDC00, current == UInt8(ascii: "\\"), index + 1 < bytes.count,
      bytes[index + 1] == UInt8(ascii: "u")
    else { return "\u{FFFD}" }
    let after = index
    index += 2
    let low = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(low) else {
      index = after
      return "\u{FFFD}"
    }
    return Character(scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)))
  }

  private func scalar(_ value: UInt32) -> Unicode.Scalar { Unicode.Scalar(value) ?? "\u{FFFD}" }

  private mutating func hexadecimal() throws(WireError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = current
      switch byte {
      case 48...57: value = value << 4 | UInt32(byte - 48)
      case 65...70: value = value << 4 | UInt32(byte - 55)
      case 97...102: value = value << 4 | UInt32(byte - 87)
      default: throw failure("four hexadecimal digits after \\u")
      }
      index += 1
    }
    return value
  }

  private func text(_ bytes: ArraySlice<UInt8>, from start: Int) throws(WireError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw WireError(
        .badJSON, "The JSON text holds a string that is not UTF-8.",
        position: JSONPosition(offset: start, in: self.bytes))
    }
    return text
  }

  /// What was expected at `index` and is not there.
  private func failure(_ expected: String) -> WireError {
    WireError(
      .badJSON, "The JSON text should have \(expected) here.",
      position: JSONPosition(offset: index, in: bytes))
  }
}
