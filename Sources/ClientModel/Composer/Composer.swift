public import ACSTypes

/// A text being written: grapheme clusters with a cursor between them.
public struct Composer: Hashable, Sendable {
  /// The most clusters that are taken; the service takes about 28 KB a message.
  public static let limit = 30_000

  /// The text, a cluster an element.
  public private(set) var characters: [Character]
  /// The cursor stands before this element; `characters.count` at the end.
  public private(set) var cursor: Int
  /// The own message that the text replaces when it is sent; `nil` for a new one.
  public internal(set) var editing: ChatMessageID?

  /// A text with the cursor at its end.
  public init(text: String = "", editing: ChatMessageID? = nil) {
    characters = Array(text.prefix(Composer.limit))
    cursor = characters.count
    self.editing = editing
  }

  /// The whole text.
  public var text: String { String(characters) }

  /// True without any text.
  public var isEmpty: Bool { characters.isEmpty }

  /// Puts `text` before the cursor.
  ///
  /// Combining marks join the cluster before them; control characters other than a line
  /// feed are left out; what is over the limit is dropped.
  mutating func insert(_ text: String) {
    let clean = text.unicodeScalars.filter { $0 == "\n" || !$0.properties.isControl }
    var inserted = Array(String(String.UnicodeScalarView(clean)))
    guard !inserted.isEmpty else { return }
    if cursor > 0 {
      let joined = Array(String(characters[cursor - 1]) + String(inserted[0]))
      if joined.count == 1 {
        characters[cursor - 1] = joined[0]
        inserted.removeFirst()
      }
    }
    let room = Composer.limit - characters.count
    characters.insert(contentsOf: inserted.prefix(room), at: cursor)
    cursor += min(inserted.count, room)
  }

  mutating func move(to position: Int) {
    cursor = min(max(position, 0), characters.count)
  }

  /// Removes what lies between the cursor and `position`, and puts the cursor there.
  mutating func remove(to position: Int) {
    let position = min(max(position, 0), characters.count)
    characters.removeSubrange(min(cursor, position)..<max(cursor, position))
    cursor = min(cursor, position)
  }

  /// Where the word before the cursor begins.
  var previousWord: Int {
    var position = cursor
    while position > 0, !characters[position - 1].isWordPart { position -= 1 }
    while position > 0, characters[position - 1].isWordPart { position -= 1 }
    return position
  }

  /// Where the word after the cursor ends.
  var nextWord: Int {
    var position = cursor
    while position < characters.count, !characters[position].isWordPart { position += 1 }
    while position < characters.count, characters[position].isWordPart { position += 1 }
    return position
  }

  /// Where the cursor's line begins.
  var lineStart: Int {
    characters[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0
  }

  /// Where the cursor's line ends.
  var lineEnd: Int {
    characters[cursor...].firstIndex(of: "\n") ?? characters.count
  }
}

extension Character {
  fileprivate var isWordPart: Bool { isLetter || isNumber || self == "_" }
}

extension Unicode.Scalar.Properties {
  fileprivate var isControl: Bool { generalCategory == .control }
}

extension Composer {
  /// Changes it in place, also behind an optional.
  mutating func apply(_ change: (inout Composer) -> Void) { change(&self) }
}
