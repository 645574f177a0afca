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
    for scalar in Fold.composed(character) {
      if scalar.isSymbol || scalar.isWithoutBlanks {
        alone.append(String(scalar))
      } else if scalar.isLetterOrDigit {
        letters += scalar.folded
      }
    }
    self = !alone.isEmpty ? .alone(alone) : letters.isEmpty ? .gap : .letter(letters)
  }
}

extension Fold {
  /// Letters of which a mark makes another letter that is written without one, too; a letter with its mark is as it.
  private static let whole: [Character: Unicode.Scalar] = {
    let ranges: [ClosedRange<UInt32>] = [
      // Cyrillic, Arabic, of India, kana.
      0x0400...0x04FF, 0x0622...0x0626, 0x06C0...0x06D3, 0x0929...0x0B5D, 0x3041...0x30FE,
    ]
    let scalars = ranges.joined().compactMap(Unicode.Scalar.init)
    return Dictionary(scalars.map { (Character($0), $0) }) { first, _ in first }
  }()

  /// The scalars, with one for each letter that is written as several.
  private static func composed(_ character: Character) -> [Unicode.Scalar] {
    var scalars = Array(character.unicodeScalars)
    guard scalars.count > 1 else { return scalars }
    var place = 0
    while place + 1 < scalars.count {
      if let one = composed(scalars[place], scalars[place + 1]) {
        scalars.replaceSubrange(place...place + 1, with: [one])
      } else {
        place += 1
      }
    }
    return scalars
  }

  private static func composed(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar?
  {
    switch (first.value, second.value) {
    // The parts of a syllable of Hangul; a table of all of them would be long.
    case (0x1100...0x1112, 0x1161...0x1175):
      return Unicode.Scalar(
        0xAC00 + ((first.value - 0x1100) * 21 + second.value - 0x1161) * 28)
    case (0xAC00...0xD7A3, 0x11A8...0x11C2) where (first.value - 0xAC00) % 28 == 0:
      return Unicode.Scalar(first.value + second.value - 0x11A7)
    case (0x0400...0x30FE, 0x0300...0x309A):
      var both = String.UnicodeScalarView()
      both.append(first)
      both.append(second)
      let text = String(both)
      guard text.count == 1, let one = text.first else { return nil }
      return whole[one]
    default: return nil
    }
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

  /// In lower case, a Latin or Greek letter without the marks over it.
  fileprivate var folded: String {
    properties.lowercaseMapping.unicodeScalars.reduce(into: "") { folded, scalar in
      if scalar.isLetterOrDigit { folded += scalar.withoutMarks }
    }
  }

  /// A letter in lower case without what its name says it is "with".
  private var withoutMarks: String {
    switch value {
    // The one for the end of a word.
    case 0x03C2: return "σ"
    case 0x01E3, 0x01FD: return "æ"
    case 0x01FF: return "ø"
    case 0x01EF: return "ʒ"
    case 0x1E9B: return "ſ"
    case 0x00C0...0x0233, 0x0390, 0x03AC...0x03B0, 0x03CA...0x03CE, 0x1E00...0x1FFF: break
    default: return String(self)
    }
    let parts = properties.name?.split(separator: " ") ?? []
    guard parts.count > 5, parts[2] == "LETTER", parts[4] == "WITH",
      // These are part of the letter.
      !["STROKE", "BAR", "TAIL", "CURL"].contains(parts[5]),
      parts[5] != "HOOK" || parts.dropFirst(6).first == "ABOVE"
    else { return String(self) }
    if parts[0] == "GREEK" { return Unicode.Scalar.greek[parts[3]] ?? String(self) }
    return parts[3].utf8.count == 1 ? parts[3].lowercased() : String(self)
  }

  private static let greek: [Substring: String] = [
    "ALPHA": "α", "EPSILON": "ε", "ETA": "η", "IOTA": "ι", "OMICRON": "ο", "RHO": "ρ",
    "UPSILON": "υ", "OMEGA": "ω",
  ]
}
