/// Reads a JSON5 text, and notes where each key and value begins.
///
/// Why not Foundation's decoder: docs/decisions/0002-json5.md.
struct JSON5Reader: Sendable {
  /// Something that JSON5 does not allow, and where.
  struct SyntaxError: Error {
    var position: SourcePosition
    var message: String
  }

  /// The whole value.
  private(set) var value = ConfigurationValue.null
  /// Where something begins, by its path: `polling.open`, `scopes[0]`.
  private struct Place {
    var path: String
    var position: SourcePosition
  }

  /// The places of values and of keys; a few, so that walking is quicker than the first use of a dictionary.
  private var valuePlaces: [Place] = []
  private var keyPlaces: [Place] = []

  private let characters: [Character]
  private var index = 0
  private var line = 1
  private var column = 1

  init(_ text: String) throws(SyntaxError) {
    characters = Array(text)
    try skipBlanks()
    value = try readValue(path: "", depth: 0)
    try skipBlanks()
    if let extra = next { throw unexpected(extra, "the end of the file") }
  }

  /// Where the value at `path` begins.
  func position(ofValue path: String) -> SourcePosition? {
    valuePlaces.first { $0.path == path }?.position
  }

  /// Where the key of `path` begins.
  func position(ofKey path: String) -> SourcePosition? {
    keyPlaces.first { $0.path == path }?.position
  }

  private var next: Character? { index < characters.count ? characters[index] : nil }

  private var position: SourcePosition { SourcePosition(line: line, column: column) }

  private mutating func advance() {
    if characters[index].isNewline {
      line += 1
      column = 1
    } else {
      column += 1
    }
    index += 1
  }

  private func unexpected(_ found: Character?, _ expected: String) -> SyntaxError {
    let found = found.map { $0.isNewline ? "the end of the line" : "'\($0)'" }
    return SyntaxError(
      position: position, message: "expected \(expected), found \(found ?? "the end of the file")")
  }

  // MARK: - Blanks

  private mutating func skipBlanks() throws(SyntaxError) {
    while let character = next {
      if character.isWhitespace || character == "\u{FEFF}" {
        advance()
      } else if character == "/" {
        try skipComment()
      } else {
        return
      }
    }
  }

  private mutating func skipComment() throws(SyntaxError) {
    let start = position
    advance()
    switch next {
    case "/":
      while let character = next, !character.isNewline { advance() }
    case "*":
      advance()
      var isStar = false
      while let character = next {
        advance()
        if isStar, character == "/" { return }
        isStar = character == "*"
      }
      throw SyntaxError(position: start, message: "this comment is not closed by */")
    default:
      throw unexpected(next, "'//' or '/*'")
    }
  }

  // MARK: - Values

  private mutating func readValue(path: String, depth: Int) throws(SyntaxError)
    -> ConfigurationValue
  {
    guard depth < 32 else {
      throw SyntaxError(position: position, message: "this is nested too deeply")
    }
    valuePlaces.append(Place(path: path, position: position))
    switch next {
    case "{": return .object(try readObject(path: path, depth: depth))
    case "[": return .array(try readArray(path: path, depth: depth))
    case "\"", "'": return .string(try readString())
    case let character? where character.isWordPart || "+-.".contains(character):
      return try readWord()
    default: throw unexpected(next, "a value")
    }
  }

  private mutating func readObject(path: String, depth: Int) throws(SyntaxError)
    -> [ConfigurationValue.Member]
  {
    var members: [ConfigurationValue.Member] = []
    advance()
    while true {
      try skipBlanks()
      if next == "}" { break }
      let place = position
      let name = try readKey()
      let inner = path.isEmpty ? name : "\(path).\(name)"
      guard !members.contains(where: { $0.name == name }) else {
        throw SyntaxError(position: place, message: "\"\(name)\" stands here twice")
      }
      keyPlaces.append(Place(path: inner, position: place))
      try skipBlanks()
      guard next == ":" else { throw unexpected(next, "':' after \"\(name)\"") }
      advance()
      try skipBlanks()
      let value = try readValue(path: inner, depth: depth + 1)
      members.append(ConfigurationValue.Member(name: name, value: value))
      try skipBlanks()
      guard next != "}" else { break }
      guard next == "," else { throw unexpected(next, "',' or '}'") }
      advance()
    }
    advance()
    return members
  }

  private mutating func readArray(path: String, depth: Int) throws(SyntaxError)
    -> [ConfigurationValue]
  {
    var elements: [ConfigurationValue] = []
    advance()
    while true {
      try skipBlanks()
      if next == "]" { break }
      elements.append(try readValue(path: "\(path)[\(elements.count)]", depth: depth + 1))
      try skipBlanks()
      guard next != "]" else { break }
      guard next == "," else { throw unexpected(next, "',' or ']'") }
      advance()
    }
    advance()
    return elements
  }

  private mutating func readKey() throws(SyntaxError) -> String {
    if next == "\"" || next == "'" { return try readString() }
    var name = ""
    while let character = next, character.isWordPart {
      name.append(character)
      advance()
    }
    guard !name.isEmpty else { throw unexpected(next, "a key or '}'") }
    return name
  }

  /// A number, `true`, `false` or `null`.
  private mutating func readWord() throws(SyntaxError) -> ConfigurationValue {
    let start = position
    var word = ""
    while let character = next, character.isWordPart || "+-.".contains(character) {
      word.append(character)
      advance()
    }
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    default:
      guard let number = JSON5Reader.number(word) else {
        throw SyntaxError(
          position: start,
          message: "\"\(word)\" is no value: a text stands in quotes, a number in digits")
      }
      return .number(number)
    }
  }

  /// Decimal with an optional sign, point and exponent, or hexadecimal with `0x`; nothing infinite.
  private static func number(_ word: String) -> Double? {
    let isNegative = word.hasPrefix("-")
    let digits = word.hasPrefix("-") || word.hasPrefix("+") ? word.dropFirst() : Substring(word)
    if digits.lowercased().hasPrefix("0x") {
      return UInt64(digits.dropFirst(2), radix: 16).map { isNegative ? -Double($0) : Double($0) }
    }
    let isDecimal = digits.utf8.allSatisfy { byte in
      (48...57).contains(byte) || [43, 45, 46, 69, 101].contains(byte)
    }
    guard isDecimal, let number = Double(digits), number.isFinite else { return nil }
    return isNegative ? -number : number
  }
}

extension JSON5Reader {
  /// The text between quotes, its escapes resolved.
  private mutating func readString() throws(SyntaxError) -> String {
    let start = position
    let quote = next
    advance()
    var text = ""
    while let character = next, character == "\\" || !character.isNewline {
      if character == quote {
        advance()
        return text
      }
      if character == "\\" {
        text += try readEscape()
      } else {
        text.append(character)
        advance()
      }
    }
    throw SyntaxError(
      position: start, message: "this text is not closed by \(quote.map(String.init) ?? "")")
  }

  private mutating func readEscape() throws(SyntaxError) -> String {
    let start = position
    advance()
    guard let letter = next else { throw unexpected(nil, "the rest of this escape") }
    if letter.isNewline {
      // A line that goes on in the next one.
      advance()
      return ""
    }
    advance()
    switch letter {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "v": return "\u{B}"
    case "0": return "\0"
    case "x": return try readScalar(digits: 2, start)
    case "u": return try readScalar(digits: 4, start)
    default: return String(letter)
    }
  }

  private mutating func readScalar(digits count: Int, _ start: SourcePosition)
    throws(SyntaxError) -> String
  {
    let high = try readHexadecimal(count, start)
    if let scalar = Unicode.Scalar(high) { return String(Character(scalar)) }
    // The first half of a pair, as JSON writes what lies beyond 16 bits.
    if high < 0xDC00, next == "\\", index + 1 < characters.count, characters[index + 1] == "u" {
      advance()
      advance()
      let low = try readHexadecimal(4, start)
      if (0xDC00...0xDFFF).contains(low),
        let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
      {
        return String(Character(scalar))
      }
    }
    throw SyntaxError(position: start, message: "this escape is half of a character")
  }

  private mutating func readHexadecimal(_ count: Int, _ start: SourcePosition)
    throws(SyntaxError) -> UInt32
  {
    var number: UInt32 = 0
    for _ in 0..<count {
      guard let digit = next?.hexDigitValue else {
        throw SyntaxError(
          position: start, message: "this escape needs \(count) hexadecimal digits")
      }
      number = number << 4 + UInt32(digit)
      advance()
    }
    return number
  }
}

extension Character {
  fileprivate var isWordPart: Bool { isLetter || isNumber || self == "_" || self == "$" }
}
