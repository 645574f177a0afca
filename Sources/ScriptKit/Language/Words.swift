import ACSTypes
import ArgumentTable
import ClientModel
import EventLog

/// Reads one line of a script, word by word.
struct Words {
  let line: ScriptLine
  let scope: ScriptScope
  private var index = 0

  init(_ line: ScriptLine, in scope: ScriptScope) {
    self.line = line
    self.scope = scope
  }

  /// The lines below this one.
  var children: [ScriptLine] { line.children }

  private var next: ScriptToken? { index < line.tokens.count ? line.tokens[index] : nil }

  var isAtEnd: Bool { next == nil }

  /// Where the next word stands; the end of the line after the last.
  var place: SourcePlace {
    var place = line.place
    place.column = next?.column ?? line.end
    return place
  }

  func error(_ message: String) -> ScriptError { ScriptError(place, message) }

  /// An error about what stands here in place of `wanted`.
  func mismatch(_ wanted: String) -> ScriptError {
    error("\(wanted) belongs here, not \(next.map { "'\($0.source)'" } ?? "the end of the line")")
  }

  // MARK: - Words

  /// The next word, if it is one without quotes.
  var peekedWord: String? {
    if case .word(let word) = next?.kind { word } else { nil }
  }

  var isText: Bool {
    switch next?.kind {
    case .text: true
    case .word(let word): word.first == "$"
    default: false
    }
  }

  mutating func skip() { index += 1 }

  /// Takes these words if they come next.
  mutating func takes(_ words: String...) -> Bool {
    guard begins(with: words) else { return false }
    index += words.count
    return true
  }

  private func begins(with words: [String]) -> Bool {
    words.enumerated().allSatisfy { offset, word in
      index + offset < line.tokens.count && line.tokens[index + offset].kind == .word(word)
    }
  }

  mutating func needs(_ word: String) throws(ScriptError) {
    guard takes(word) else { throw mismatch("'\(word)'") }
  }

  mutating func takesComma() -> Bool {
    guard next?.kind == .comma else { return false }
    index += 1
    return true
  }

  /// One of some words; the nearest is named for another.
  mutating func word(_ what: String, of words: [String]) throws(ScriptError) -> String {
    guard let word = peekedWord else { throw mismatch(what) }
    guard words.contains(word) else {
      let hint = nearest(to: word, in: words).map { "; did you mean '\($0)'?" } ?? ""
      throw error("\(what) is \(words.list), not '\(word.shown)'\(hint)")
    }
    skip()
    return word
  }

  mutating func anyWord(_ what: String) throws(ScriptError) -> String {
    guard let word = peekedWord else { throw mismatch(what) }
    skip()
    return word
  }

  /// Takes words that may stand once in a line.
  mutating func takesOnce(_ words: String..., unless isSaid: Bool) throws(ScriptError) -> Bool {
    guard begins(with: words) else { return false }
    guard !isSaid else {
      throw error("'\(words.joined(separator: " "))' is said twice")
    }
    index += words.count
    return true
  }

  // MARK: - Values

  mutating func text(_ what: String) throws(ScriptError) -> ScriptText {
    switch next?.kind {
    case .text(let text):
      try check(text)
      skip()
      return text
    case .word(let word) where word.first == "$":
      let text = ScriptText(pieces: [
        .variable(String(word.dropFirst().filter { !"{}".contains($0) }))
      ])
      try check(text)
      skip()
      return text
    default: throw mismatch("\(what) in quotes")
    }
  }

  private func check(_ text: ScriptText) throws(ScriptError) {
    for name in text.variables where !scope.variables.contains(name) {
      let hint =
        nearest(to: name, in: scope.variables.sorted()).map { "; did you mean '$\($0)'?" }
        ?? "; 'let \(name) = \"…\"' gives it one"
      throw error("nothing gave $\(name) a value\(hint)")
    }
  }

  /// A text that is known before anything runs.
  mutating func fixedText(_ what: String) throws(ScriptError) -> String {
    let start = self
    guard let literal = try text(what).literal else {
      throw start.error("\(what) holds no variables")
    }
    return literal
  }

  /// Somebody of the script.
  mutating func name() throws(ScriptError) -> String {
    guard let word = peekedWord else { throw mismatch("the name of a user") }
    guard scope.knows(word) else {
      guard !scope.users.isEmpty else {
        throw error("there are no users yet; 'users \(word)' names them")
      }
      let hint = nearest(to: word, in: scope.users).map { "; did you mean '\($0)'?" } ?? ""
      throw error("there is no user '\(word.shown)'; there are \(scope.users.list)\(hint)")
    }
    skip()
    return word
  }

  /// Some of the script's users: `Alice, Bob`.
  mutating func names() throws(ScriptError) -> [String] {
    var names = [try name()]
    while takesComma() { names.append(try name()) }
    return names
  }

  mutating func duration(_ what: String) throws(ScriptError) -> Duration {
    guard let word = peekedWord, let duration = DurationText.duration(word) else {
      throw mismatch("\(what), such as 90s, 15m or 1h30m,")
    }
    guard duration <= .seconds(366 * 86_400) else {
      throw error("\(what) is a year at the most, not \(word)")
    }
    skip()
    return duration
  }

  mutating func number(_ what: String, in range: ClosedRange<Int>) throws(ScriptError) -> Int {
    guard let word = peekedWord, let number = Int(word) else { throw mismatch(what) }
    guard range.contains(number) else {
      throw error("\(what) is from \(range.lowerBound) to \(range.upperBound), not \(number)")
    }
    skip()
    return number
  }

  mutating func size() throws(ScriptError) -> Viewport {
    let parts = (peekedWord ?? "").split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let columns = Int(parts[0]), let rows = Int(parts[1]) else {
      throw mismatch("a size such as 80x24")
    }
    guard (1...500).contains(columns), (1...300).contains(rows) else {
      throw error("a screen has up to 500x300 cells, and one at the least")
    }
    skip()
    return Viewport(columns: columns, rows: rows)
  }

  /// A path of the state, which may hold variables: `conversations[$id].anchor`.
  mutating func path() throws(ScriptError) -> ScriptText {
    let start = self
    var rest = try anyWord("a path of the state, such as connection.kind,")[...]
    var pieces: [ScriptText.Piece] = []
    while let dollar = rest.firstIndex(of: "$") {
      if dollar > rest.startIndex { pieces.append(.literal(String(rest[..<dollar]))) }
      rest = rest[dollar...].dropFirst()
      let isBraced = rest.first == "{"
      if isBraced { rest = rest.dropFirst() }
      let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      rest = rest.dropFirst(name.count + (isBraced ? 1 : 0))
      pieces.append(.variable(String(name)))
    }
    if !rest.isEmpty { pieces.append(.literal(String(rest))) }
    let path = ScriptText(pieces: pieces)
    try start.check(path)
    let example = pieces.map { if case .literal(let text) = $0 { text } else { "x" } }.joined()
    guard StateTree.isPath(example) else {
      throw start.error(
        "'\(path.source.shown)' is no path; one is written connection.kind or conversations[$id].anchor"
      )
    }
    return path
  }

  // MARK: - Ends

  /// Nothing more stands in the line.
  func end() throws(ScriptError) {
    guard isAtEnd else { throw error("the line should end before '\(next?.source ?? "")'") }
  }

  /// Nothing stands below the line.
  func noBlock() throws(ScriptError) {
    guard let child = children.first else { return }
    throw ScriptError(
      child.place, "nothing belongs below '\(line.source)'; indent this line like it")
  }
}

extension [String] {
  /// `'open', 'type' or 'press'`.
  var list: String {
    guard count > 1 else { return first.map { "'\($0)'" } ?? "nothing" }
    return dropLast().map { "'\($0)'" }.joined(separator: ", ") + " or '\(self[count - 1])'"
  }
}
