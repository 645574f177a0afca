/// A word or a sign of Swift source; comments and the text of string literals yield none.
struct Token: Hashable, Sendable {
  /// An identifier, keyword or number as a whole, or one sign.
  var text: Substring
  /// Counted from 1.
  var line: Int
}

/// Splits Swift source into tokens, well enough to find imports and calls.
struct Tokenizer {
  private let source: Substring.UTF8View
  private var position: Substring.UTF8View.Index
  private var line = 1
  private var tokens: [Token] = []

  /// The tokens of `source`.
  static func tokens(of source: String) -> [Token] {
    var tokenizer = Tokenizer(source)
    tokenizer.code(until: nil)
    return tokenizer.tokens
  }

  private init(_ source: String) {
    self.source = Substring(source).utf8
    position = self.source.startIndex
  }

  private func looking(at text: StaticString) -> Bool {
    text.withUTF8Buffer { source[position...].starts(with: $0) }
  }

  private mutating func advance(_ count: Int = 1) {
    for _ in 0..<count where position < source.endIndex {
      if source[position] == UInt8(ascii: "\n") { line += 1 }
      position = source.index(after: position)
    }
  }

  /// Reads code up to the end, or up to the parenthesis that closes an interpolation.
  private mutating func code(until closing: UInt8?) {
    var depth = 0
    while position < source.endIndex {
      let byte = source[position]
      if looking(at: "//") {
        while position < source.endIndex, source[position] != UInt8(ascii: "\n") { advance() }
      } else if looking(at: "/*") {
        blockComment()
      } else if byte == UInt8(ascii: "\"") || (byte == UInt8(ascii: "#") && opensRawString) {
        string()
      } else if Self.isWord(byte) {
        let start = position
        while position < source.endIndex, Self.isWord(source[position]) { advance() }
        tokens.append(Token(text: Substring(source[start..<position]), line: line))
      } else {
        if byte == closing, depth == 0 { return }
        if byte == UInt8(ascii: "(") { depth += 1 }
        if byte == UInt8(ascii: ")") { depth -= 1 }
        let start = position
        advance()
        guard byte > UInt8(ascii: " ") else { continue }
        tokens.append(Token(text: Substring(source[start..<position]), line: line))
      }
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default:
      false
    }
  }

  private mutating func blockComment() {
    var depth = 0
    repeat {
      if looking(at: "/*") {
        depth += 1
        advance(2)
      } else if looking(at: "*/") {
        depth -= 1
        advance(2)
      } else {
        advance()
      }
    } while depth > 0 && position < source.endIndex
  }

  private var opensRawString: Bool {
    source[position...].first { $0 != UInt8(ascii: "#") } == UInt8(ascii: "\"")
  }

  /// Passes over a string literal of any kind; the code of its interpolations is read.
  private mutating func string() {
    let marks = source[position...].prefix { $0 == UInt8(ascii: "#") }.count
    advance(marks)
    let quote: StaticString = looking(at: "\"\"\"") ? "\"\"\"" : "\""
    let isOneLine = quote.utf8CodeUnitCount == 1
    advance(quote.utf8CodeUnitCount)
    while position < source.endIndex {
      if looking(at: quote), isFollowed(by: marks, after: quote.utf8CodeUnitCount) {
        advance(quote.utf8CodeUnitCount + marks)
        return
      }
      if source[position] == UInt8(ascii: "\\"), isFollowed(by: marks, after: 1) {
        advance(1 + marks)
        if looking(at: "(") {
          advance()
          code(until: UInt8(ascii: ")"))
        }
        advance()
        continue
      }
      if isOneLine, source[position] == UInt8(ascii: "\n") { return }
      advance()
    }
  }

  private func isFollowed(by marks: Int, after count: Int) -> Bool {
    source[position...].dropFirst(count).prefix { $0 == UInt8(ascii: "#") }.count >= marks
  }
}
