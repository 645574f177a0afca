// How key maps, help and scripts write keys.

extension KeyPress: CustomStringConvertible {
  /// The key written as a chord: `C-` for Ctrl, `M-` for Alt, `S-` for shift, then the key.
  ///
  /// `a`, `Space`, `C-q`, `M-x`, `C-M-PgUp`, `S-Tab`, `F1`, `Enter`. `init(chord:)` reads it back.
  public var description: String {
    var text = ""
    if modifiers.contains(.control) { text += "C-" }
    if modifiers.contains(.alt) { text += "M-" }
    if modifiers.contains(.shift) { text += "S-" }
    return text + key.chordName
  }

  /// The press that `chord` names; nil when it names none.
  ///
  /// Modifiers come in any order; names of keys do not mind upper and lower case. A single character
  /// is that character, so that `C--` is Ctrl and minus. `C-Q` is `C-q`, for terminals cannot tell.
  public init?(chord: String) {
    var rest = chord[...]
    var modifiers: Modifiers = []
    while rest.count > 2, rest.dropFirst().first == "-" {
      switch rest.first {
      case "C", "c": modifiers.insert(.control)
      case "M", "m", "A", "a": modifiers.insert(.alt)
      case "S", "s": modifiers.insert(.shift)
      default: return nil
      }
      rest = rest.dropFirst(2)
    }
    guard let key = Key(chordName: String(rest)) else { return nil }
    self = KeyPress(key, modifiers).normalized
  }

  /// The one form in which equal presses are equal: shift goes into a character that shows it, and
  /// letters held with Ctrl are lower-case.
  var normalized: KeyPress {
    guard case .character(var character) = key else { return self }
    var modifiers = modifiers
    if modifiers.contains(.control) {
      character = Self.single(character.lowercased(), else: character)
    } else if modifiers.contains(.shift) {
      character = Self.single(character.uppercased(), else: character)
      modifiers.remove(.shift)
    }
    return KeyPress(.character(character), modifiers)
  }

  private static func single(_ text: String, else character: Character) -> Character {
    text.count == 1 ? Character(text) : character
  }
}

extension Key {
  private static let names: [(key: Key, name: String)] = [
    (.character(" "), "Space"), (.enter, "Enter"), (.tab, "Tab"), (.backspace, "Backspace"),
    (.escape, "Esc"), (.up, "Up"), (.down, "Down"), (.left, "Left"), (.right, "Right"),
    (.home, "Home"), (.end, "End"), (.pageUp, "PgUp"), (.pageDown, "PgDn"), (.insert, "Insert"),
    (.delete, "Delete"),
  ]

  /// The key as a chord ends with it.
  var chordName: String {
    if let entry = Self.names.first(where: { $0.key == self }) { return entry.name }
    return switch self {
    case .character(let character): String(character)
    case .function(let number): "F\(number)"
    default: ""
    }
  }

  /// The key that `name` names; nil when it names none.
  init?(chordName name: String) {
    let lower = name.lowercased()
    if name.count == 1, let character = name.first {
      self = .character(character)
    } else if let entry = Self.names.first(where: { $0.name.lowercased() == lower }) {
      self = entry.key
    } else if lower.first == "f", let number = Int(lower.dropFirst()), (1...35).contains(number) {
      self = .function(number)
    } else {
      return nil
    }
  }
}
