import EventLog

/// A text of a script, in which variables have their place: `"Hello $name"`.
public struct ScriptText: Hashable, Sendable {
  /// The most bytes that a variable's value has: far more than a message, and little enough to be doubled in a loop.
  static let longestValue = 65_536

  enum Piece: Hashable, Sendable {
    case literal(String)
    case variable(String)
  }

  var pieces: [Piece]

  /// A text without variables.
  init(_ literal: String) {
    pieces = literal.isEmpty ? [] : [.literal(literal)]
  }

  init(pieces: [Piece]) {
    self.pieces = pieces
  }

  /// The variables that it names.
  var variables: [String] {
    pieces.compactMap { if case .variable(let name) = $0 { name } else { nil } }
  }

  /// The text; `nil` while it holds a variable.
  var literal: String? {
    switch pieces.count {
    case 0: ""
    case 1: if case .literal(let text) = pieces[0] { text } else { nil }
    default: nil
    }
  }

  /// The text with each variable's value in its place.
  func value(_ variables: [String: String]) -> String {
    pieces.map { piece in
      switch piece {
      case .literal(let text): text
      case .variable(let name): variables[name] ?? ""
      }
    }.joined()
  }

  /// As a script has it between quotes.
  var source: String {
    pieces.map { piece in
      switch piece {
      case .literal(let text): ScriptText.quoted(text)
      case .variable(let name): "${\(name)}"
      }
    }.joined()
  }

  /// A text as it stands between the quotes of a script.
  public static func quoted(_ text: String) -> String { StateTree.escaped(text, and: ["$"]) }
}
