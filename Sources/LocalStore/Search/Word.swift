/// A word of a text, as it is compared: without case and without marks over its letters.
struct Word: Hashable {
  /// As it is compared, byte by byte.
  var folded: String
  /// Which characters of the text it is.
  var characters: Range<Int>
}

/// Finds the words of a text, one at a time.
///
/// Letters and digits make words. A character of a script that is written without blanks, and each symbol, is a word
/// of its own. The index of SQLite is given these words, see ``indexable(_:)``.
struct WordReader<Text: Sequence> where Text.Element == Character {
  private var rest: Text.Iterator
  private var offset = 0
  private var pending: [Word] = []

  init(_ text: Text) {
    rest = text.makeIterator()
  }

  /// The next word; `nil` at the end.
  mutating func next() -> Word? {
    if !pending.isEmpty { return pending.removeFirst() }
    var word = Word(folded: "", characters: 0..<0)
    while let character = rest.next() {
      defer { offset += 1 }
      let here = offset..<offset + 1
      switch Fold(character) {
      case .letter(let folded):
        word.folded += folded
        word.characters =
          word.characters.isEmpty ? here : word.characters.lowerBound..<here.upperBound
      case .gap:
        if !word.folded.isEmpty { return word }
      case .alone(let parts):
        pending += parts.map { Word(folded: $0, characters: here) }
        return word.folded.isEmpty ? pending.removeFirst() : word
      }
    }
    return word.folded.isEmpty ? nil : word
  }
}

/// The text as SQLite's tokenizer `ascii` finds the words of ``WordReader`` in it.
///
/// It parts ASCII as they are parted, and takes all other characters for parts of words.
func indexable(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
  var reader = WordReader(text)
  var words = ""
  while let word = reader.next() {
    if !words.isEmpty { words += " " }
    words += word.folded
  }
  return words
}
