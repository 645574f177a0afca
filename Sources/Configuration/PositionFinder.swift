/// Walks over the tokens of a JSON5 text and notes where each key and value begins.
///
/// The values themselves are Foundation's to decode; this only finds places, and the place where the text stops being
/// JSON5.
struct PositionFinder: Sendable {
  /// Something that JSON5 does not allow, and where.
  struct SyntaxError: Error {
    var position: SourcePosition
    var message: String
  }

  /// Where each value begins, by its path: `polling.open`, `scopes[0]`.
  private(set) var values: [String: SourcePosition] = [:]
  /// Where each key begins, by its path.
  private(set) var keys: [String: SourcePosition] = [:]

  private let characters: [Character]
  private var index = 0
  private var line = 1
  private var column = 1

  init(_ text: String) throws(SyntaxError) {
    characters = Array(text)
    try skipBlanks()
    try value(path: "", depth: 0)
    try skipBlanks()
    if let extra = next { throw unexpected(extra, "the end of the file") }
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

  private mutating func value(path: String, depth: Int) throws(SyntaxError) {
    guard depth < 32 else {
      throw SyntaxError(position: position, message: "this is nested too deeply")
    }
    values[path] = position
    switch next {
    case "{": try object(path: path, depth: depth)
    case "[": try array(path: path, depth: depth)
    case "\"", "'": _ = try string()
    case let character? where character.isLetter || character.isNumber || "+-.".contains(character):
      while let character = next,
        character.isLetter || character.isNumber || "+-._".contains(character)
      {
        advance()
      }
    default: throw unexpected(next, "a value")
    }
  }

  private mutating func object(path: String, depth: Int) throws(SyntaxError) {
    advance()
    while true {
      try skipBlanks()
      if next == "}" { return advance() }
      let place = position
      let name = try key()
      let inner = path.isEmpty ? name : "\(path).\(name)"
      if keys[inner] != nil {
        throw SyntaxError(position: place, message: "\"\(name)\" stands here twice")
      }
      keys[inner] = place
      try skipBlanks()
      guard next == ":" else { throw unexpected(next, "':' after \"\(name)\"") }
      advance()
      try skipBlanks()
      try value(path: inner, depth: depth + 1)
      try skipBlanks()
      switch next {
      case ",": advance()
      case "}": return advance()
      default: throw unexpected(next, "',' or '}'")
      }
    }
  }

  private mutating func array(path: String, depth: Int) throws(SyntaxError) {
    advance()
    var count = 0
    while true {
      try skipBlanks()
      if next == "]" { return advance() }
      try value(path: "\(path)[\(count)]", depth: depth + 1)
      count += 1
      try skipBlanks()
      switch next {
      case ",": advance()
      case "]": return advance()
      default: throw unexpected(next, "',' or ']'")
      }
    }
  }

  private mutating func key() throws(SyntaxError) -> String {
    if next == "\"" || next == "'" { return try string() }
    var name = ""
    while let character = next, character.isLetter || character.isNumber || "_$".contains(character)
    {
      name.append(character)
      advance()
    }
    guard !name.isEmpty else { throw unexpected(next, "a key or '}'") }
    return name
  }

  /// The text between quotes; escapes are kept as they stand, which suffices for keys.
  private mutating func string() throws(SyntaxError) -> String {
    let start = position
    let quote = next
    advance()
    var text = ""
    while let character = next {
      if character == quote {
        advance()
        return text
      }
      if character.isNewline { break }
      if character == "\\" { advance() }
      if let escaped = next {
        text.append(escaped)
        advance()
      }
    }
    throw SyntaxError(
      position: start, message: "this text is not closed by \(quote.map(String.init) ?? "")")
  }
}
