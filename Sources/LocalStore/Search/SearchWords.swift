/// What somebody looks for: words that a message must hold, of which the last may be a beginning.
///
/// What is written without a blank between (`don't`, `世界`, `10:30`) must stand together. Any text will do: whatever is
/// no word counts as a blank.
public struct SearchWords: Sendable {
  /// Words that stand together, each as compared.
  let phrases: [[String]]
  /// The expression for SQLite's index.
  let expression: String
  /// The same without the last word, which may be a beginning; `nil` when that is all.
  let wholeWords: String?

  /// The words of `text`.
  public init(_ text: String) {
    var seen: Set<[String]> = []
    var phrases: [[String]] = []
    var quoted: [String] = []
    let chunks = text.split { $0.isWhitespace }
    for (place, chunk) in chunks.enumerated() {
      var reader = WordReader(chunk)
      var words: [Word] = []
      while let word = reader.next() { words.append(word) }
      let phrase = words.map(\.folded)
      // A word said twice is one, but for the last, which may only be a beginning.
      guard !words.isEmpty, place == chunks.count - 1 || seen.insert(phrase).inserted else {
        continue
      }
      phrases.append(phrase)
      // Words have no quotes.
      quoted.append("\"\(phrase.joined(separator: " "))\"")
    }
    self.phrases = phrases
    wholeWords = quoted.count > 1 ? quoted.dropLast().joined(separator: " ") : nil
    expression = quoted.joined(separator: " ") + (quoted.isEmpty ? "" : " *")
  }

  /// True when nothing is looked for.
  public var isEmpty: Bool { phrases.isEmpty }

  /// True when `text` holds all the words.
  public func areIn(_ text: String) -> Bool {
    var reader = WordReader(text)
    var words: [String] = []
    while let word = reader.next() { words.append(word.folded) }
    return !isEmpty
      && phrases.indices.allSatisfy { phrase in
        words.indices.contains { length(of: phrase, at: $0, in: words) != nil }
      }
  }

  /// How many of `words` from `start` on are a phrase.
  func length(of phrase: Int, at start: Int, in words: [String]) -> Int? {
    let wanted = phrases[phrase]
    guard start + wanted.count <= words.count else { return nil }
    let isLast = phrase == phrases.count - 1
    for (place, word) in wanted.enumerated() {
      let found = words[start + place]
      let isBeginning = isLast && place == wanted.count - 1
      // As SQLite compares them: two ways to write one letter that folding leaves are two letters.
      let isFound =
        isBeginning
        ? found.utf8.starts(with: word.utf8) : found.utf8.elementsEqual(word.utf8)
      guard isFound else { return nil }
    }
    return wanted.count
  }
}
