/// One line of a message around the words that were looked for.
public struct Excerpt: Hashable, Sendable {
  /// The line; `…` stands for what is left out.
  public private(set) var text: String
  /// Which of its characters are the words, oldest first, apart from each other.
  public private(set) var marks: [Range<Int>]

  /// How many characters before the first word are shown at the most.
  private static let lead = 30

  /// The line of `text` around the first of `words`, of `width` characters at the most; its beginning when none is found.
  public init(of text: String, around words: SearchWords, width: Int = 160) {
    let width = max(width, Excerpt.lead + 10)
    // Of the line, not of the text: a mark behind what became a blank is one character with it.
    let line = Array(String(Array(OneLine(text))))
    let found = Excerpt.find(words, in: line, width: width)
    var start = 0
    if let first = found.first, first.lowerBound > Excerpt.lead, line.count > width {
      start = min(first.lowerBound - Excerpt.lead, line.count - width)
    }
    let end = min(line.count, start + width)
    let head = start > 0 ? "…" : ""
    self.text = head + String(line[start..<end]) + (end < line.count ? "…" : "")
    marks = found.compactMap { mark in
      let shown = mark.clamped(to: start..<end)
      guard !shown.isEmpty else { return nil }
      let shift = head.count - start
      return shown.lowerBound + shift..<shown.upperBound + shift
    }
  }

  /// Where the words stand, up to some way behind the first of them.
  private static func find(_ words: SearchWords, in line: [Character], width: Int) -> [Range<Int>] {
    var reader = WordReader(line)
    var places: [Range<Int>] = []
    var folded: [String] = []
    var marks: [Range<Int>] = []
    while let word = reader.next() {
      if let first = marks.first, word.characters.lowerBound >= first.lowerBound + width { break }
      places.append(word.characters)
      folded.append(word.folded)
      for (phrase, wanted) in words.phrases.enumerated() {
        let start = folded.count - wanted.count
        guard start >= 0, words.length(of: phrase, at: start, in: folded) != nil else { continue }
        marks.add(places[start].lowerBound..<word.characters.upperBound)
      }
    }
    return marks
  }
}

extension [Range<Int>] {
  /// Adds one that ends behind all others, and joins it with those that it overlaps.
  fileprivate mutating func add(_ mark: Range<Int>) {
    var start = mark.lowerBound
    while let last, last.upperBound > start { start = Swift.min(start, removeLast().lowerBound) }
    append(start..<mark.upperBound)
  }
}

/// A text's characters with a blank for each stretch of blanks, ends of lines and control characters.
private struct OneLine: Sequence, IteratorProtocol {
  private var rest: String.Iterator
  private var isAfterBlank = true

  init(_ text: String) {
    rest = text.makeIterator()
  }

  mutating func next() -> Character? {
    while let character = rest.next() {
      guard character.isWhitespace || character.isControl else {
        isAfterBlank = false
        return character
      }
      if !isAfterBlank {
        isAfterBlank = true
        return " "
      }
    }
    return nil
  }
}

extension Character {
  /// One that would move a terminal's cursor, colour it or turn the direction of writing.
  var isControl: Bool {
    unicodeScalars.contains {
      switch $0.value {
      case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
      default: false
      }
    }
  }
}
