/// What a character is to the search.
enum Fold {
  /// A part of a word, as it is compared.
  case letter(String)
  /// Words of their own.
  case alone([String])
  /// Between words.
  case gap

  init(_ character: Character) {
    if let byte = character.asciiValue {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        self = .letter(String(character))
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        self = .letter(String(UnicodeScalar(byte | 0x20)))
      default: self = .gap
      }
      return
    }
    var letters = ""
    var alone: [String] = []
    for scalar in character.unicodeScalars {
      if scalar.isSymbol || scalar.isWithoutBlanks {
        alone.append(String(scalar))
      } else if scalar.isLetterOrDigit {
        letters += scalar.folded
      }
    }
    self = !alone.isEmpty ? .alone(alone) : letters.isEmpty ? .gap : .letter(letters)
  }
}

extension Unicode.Scalar {
  /// Of a script in which blanks do not part words.
  var isWithoutBlanks: Bool {
    switch value {
    // Thai, Lao, Tibetan, Burmese; Khmer.
    case 0x0E01...0x0FBC, 0x1000...0x109F, 0x1780...0x17D3: isLetterOrDigit
    // Radicals, kana, bopomofo, ideographs.
    case 0x2E80...0x2FDF, 0x3005...0x3007, 0x3040...0x31FF, 0x3400...0x4DBF, 0x4E00...0xA4CF,
      0xF900...0xFAFF, 0xFF66...0xFF9F, 0x1B000...0x1B16F, 0x20000...0x3FFFF:
      isLetterOrDigit
    default: false
    }
  }

  /// An emoji or another sign that stands for itself.
  var isSymbol: Bool { value >= 0x80 && properties.generalCategory == .otherSymbol }

  fileprivate var isLetterOrDigit: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .privateUse:
      true
    default: false
    }
  }

  /// In lower case, a Latin letter without what its name says it is "with".
  fileprivate var folded: String {
    let lower = properties.lowercaseMapping
    guard value < 0x2000, let name = properties.name, name.hasPrefix("LATIN ") else { return lower }
    // A stroke is part of the letter; so it is to SQLite.
    let parts = name.split(separator: " ")
    guard parts.count > 5, parts[2] == "LETTER", parts[3].utf8.count == 1, parts[4] == "WITH",
      !["STROKE", "HOOK", "BAR", "TAIL", "CURL"].contains(parts[5])
    else { return lower }
    return parts[3].lowercased()
  }
}
