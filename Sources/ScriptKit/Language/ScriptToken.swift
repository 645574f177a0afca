/// A word of a line.
struct ScriptToken: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// A word without quotes: `open`, `80x24`, `$name`.
    case word(String)
    /// A text in quotes, which may hold variables.
    case text(ScriptText)
    /// A comma between two things.
    case comma
  }

  var kind: Kind
  /// In characters, from 1 on.
  var column: Int

  /// As the script has it, for messages: not too long, and nothing in it that a terminal would obey.
  var source: String {
    switch kind {
    case .word(let word): word.shown
    case .text(let text): "\"\(text.source.shown)\""
    case .comma: ","
    }
  }
}

extension String {
  /// For a message: not too long, and without controls.
  var shown: String {
    let start = prefix(60)
    let text = String(
      start.map { character in
        character.unicodeScalars.contains { $0.properties.generalCategory == .control }
          ? "\u{FFFD}" : character
      })
    return start.endIndex < endIndex ? text + "…" : text
  }
}

/// A line that says something, with those that stand below it and farther to the right.
struct ScriptLine: Sendable {
  var place: SourcePlace
  /// Blanks before it.
  var indent: Int
  var tokens: [ScriptToken]
  /// As it stands in the file, without the blanks around it.
  var source: String
  /// True for a row of a picture, `|…|`: its tokens are one text, taken as it is.
  var isPicture: Bool
  /// The column after its last word.
  var end = 0
  /// True when its words could not be told apart, which was noted.
  var isBroken = false
  var children: [ScriptLine] = []
}
