/// Cuts a file into lines of words.
///
/// Works on bytes, and gives what is wrong along with what is right, so that one look finds all errors.
struct ScriptLexer {
  /// The most by which a line may be indented, which bounds the depth of blocks, too.
  private static let deepest = 100

  private let file: String
  private let bytes: [UInt8]
  private(set) var errors: [ScriptError] = []

  init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  /// The lines that say something, in their order, each with its indentation.
  mutating func lines() -> [ScriptLine] {
    var lines: [ScriptLine] = []
    var number = 0
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count {
      number += 1
      let feed = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      var end = feed
      if end > start, bytes[end - 1] == 0x0D { end -= 1 }
      if let line = line(bytes[start..<end], number) { lines.append(line) }
      start = feed + 1
    }
    return lines
  }

  private mutating func line(_ bytes: ArraySlice<UInt8>, _ number: Int) -> ScriptLine? {
    let place = SourcePlace(file: file, line: number)
    guard let first = bytes.firstIndex(where: { $0 != 0x20 }), bytes[first] != UInt8(ascii: "#")
    else { return nil }
    guard bytes[first] != 0x09 else {
      if bytes[first...].allSatisfy({ $0 == 0x09 || $0 == 0x20 }) { return nil }
      errors.append(
        ScriptError(
          at(place, first - bytes.startIndex + 1),
          "a tab stands here; indentation is made of blanks"))
      return broken(place, first - bytes.startIndex)
    }
    let last = bytes.lastIndex { $0 != 0x20 && $0 != 0x09 } ?? first
    guard let source = String(validating: bytes[first...last], as: UTF8.self) else {
      errors.append(ScriptError(place, "this line is not UTF-8"))
      return broken(place, first - bytes.startIndex)
    }
    // ASCII is looked through fast, and other scripts have such only from U+0080 to U+009F.
    if let control = source.unicodeScalars.firstIndex(where: {
      ($0.value < 0x20 && $0 != "\t") || (0x7F...0x9F).contains($0.value)
    }) {
      let number = source.unicodeScalars[control].value
      let column = source.unicodeScalars.distance(from: source.startIndex, to: control)
      errors.append(
        ScriptError(
          at(place, first - bytes.startIndex + column + 1),
          "a control character stands here; in a text it is \\u{\(String(number, radix: 16, uppercase: true))}"
        ))
      return broken(place, first - bytes.startIndex)
    }
    let indent = first - bytes.startIndex
    guard indent <= ScriptLexer.deepest else {
      errors.append(ScriptError(place, "this line is indented by more than \(ScriptLexer.deepest)"))
      return nil
    }
    var line = ScriptLine(
      place: at(place, indent + 1), indent: indent, tokens: [], source: source,
      isPicture: bytes[first] == UInt8(ascii: "|"))
    if line.isPicture {
      guard source.utf8.count > 1, source.utf8.last == UInt8(ascii: "|") else {
        errors.append(ScriptError(line.place, "a row of a picture ends with '|'"))
        return broken(place, indent)
      }
      line.tokens = [
        ScriptToken(kind: .text(ScriptText(String(source.dropFirst().dropLast()))), column: indent)
      ]
      return line
    }
    var words = WordCutter(text: source, column: indent + 1)
    do {
      line.tokens = try words.tokens()
    } catch {
      errors.append(ScriptError(at(place, error.column), error.message))
      return broken(place, indent)
    }
    line.end = words.column
    return line.tokens.isEmpty ? nil : line
  }

  /// A line of which nothing is known but its place, so that what stands around it is still understood.
  private func broken(_ place: SourcePlace, _ indent: Int) -> ScriptLine {
    ScriptLine(
      place: at(place, indent + 1), indent: min(indent, ScriptLexer.deepest), tokens: [],
      source: "", isPicture: false, isBroken: true)
  }

  private func at(_ place: SourcePlace, _ column: Int) -> SourcePlace {
    SourcePlace(file: place.file, line: place.line, column: column)
  }
}

/// Cuts one line into words.
private struct WordCutter {
  struct Complaint: Error {
    var column: Int
    var message: String
  }

  private let scalars: String.UnicodeScalarView
  private var index: String.UnicodeScalarView.Index
  /// Where the cutting is, in characters from 1 on.
  private(set) var column: Int

  init(text: String, column: Int) {
    scalars = text.unicodeScalars
    index = scalars.startIndex
    self.column = column
  }

  mutating func tokens() throws(Complaint) -> [ScriptToken] {
    var tokens: [ScriptToken] = []
    while true {
      skipBlanks()
      guard let next = peek else { return tokens }
      let start = column
      switch next {
      case "#": return tokens
      case ",":
        advance()
        tokens.append(ScriptToken(kind: .comma, column: start))
      case "\"": tokens.append(ScriptToken(kind: .text(try text()), column: start))
      default: tokens.append(ScriptToken(kind: .word(word()), column: start))
      }
    }
  }

  private var peek: Unicode.Scalar? { index < scalars.endIndex ? scalars[index] : nil }

  private mutating func advance() {
    index = scalars.index(after: index)
    column += 1
  }

  private mutating func skipBlanks() {
    while let next = peek, next == " " || next == "\t" { advance() }
  }

  private mutating func word() -> String {
    let start = index
    while let next = peek, next != " ", next != "\t", next != ",", next != "\"" { advance() }
    return String(scalars[start..<index])
  }

  private mutating func text() throws(Complaint) -> ScriptText {
    let start = column
    var pieces: [ScriptText.Piece] = []
    var literal = ""
    advance()
    while true {
      let plain = index
      while let next = peek, next != "\"", next != "\\", next != "$" { advance() }
      literal.unicodeScalars.append(contentsOf: scalars[plain..<index])
      guard let next = peek else {
        throw Complaint(column: start, message: "this text has no closing '\"'")
      }
      let here = column
      advance()
      switch next {
      case "\\": literal.unicodeScalars.append(try escape(here))
      case "$":
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        literal = ""
        pieces.append(.variable(try variable(here)))
      default:
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        return ScriptText(pieces: pieces)
      }
    }
  }

  private mutating func escape(_ start: Int) throws(Complaint) -> Unicode.Scalar {
    guard let next = peek else {
      throw Complaint(column: start, message: "nothing stands after this '\\'")
    }
    advance()
    switch next {
    case "n": return "\n"
    case "t": return "\t"
    case "\"", "\\", "$": return next
    case "u":
      var digits = ""
      guard peek == "{" else { break }
      advance()
      while let digit = peek, digit != "}", digits.count < 8 {
        digits.unicodeScalars.append(digit)
        advance()
      }
      guard peek == "}", let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value)
      else { break }
      advance()
      return scalar
    default: break
    }
    throw Complaint(
      column: start,
      message: "there is no such escape; there are \\n, \\t, \\\", \\\\, \\$ and \\u{1F600}")
  }

  private mutating func variable(_ start: Int) throws(Complaint) -> String {
    let isBraced = peek == "{"
    if isBraced { advance() }
    var name = ""
    while let next = peek,
      next.properties.isAlphabetic || ("0"..."9" ~= next && !name.isEmpty) || next == "_"
    {
      name.unicodeScalars.append(next)
      advance()
    }
    if isBraced {
      guard peek == "}" else {
        throw Complaint(column: start, message: "this variable has no closing '}'")
      }
      advance()
    }
    guard !name.isEmpty else {
      throw Complaint(
        column: start, message: "a variable's name stands after '$'; a dollar sign is '\\$'")
    }
    return name
  }
}
