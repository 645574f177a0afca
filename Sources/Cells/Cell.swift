/// One cell of a grid: a grapheme cluster and how it looks.
///
/// A cell never holds a character that could steer a terminal. The initializer draws such a one as a
/// picture instead, so that hostile text is harmless wherever it comes from:
///
///     "\u{1B}" -> ␛     "\n" -> ␊     "\u{7F}" -> ␡     "\u{9B}", "\u{202E}", "\u{2028}" -> �
public struct Cell: Hashable, Sendable {
  /// The grapheme cluster drawn; a blank in a continuation.
  public let character: Character
  /// How it looks.
  public var style: Style
  private let columns: UInt8

  /// A cell that shows `character`.
  ///
  /// - Parameters:
  ///   - character: Drawn as it is, unless it is a control or a bidirectional override (see above).
  ///   - width: 1 or 2 columns; other numbers count as the nearer of them. A picture takes 1.
  ///   - style: How it looks.
  public init(_ character: Character, width: Int = 1, style: Style = .plain) {
    if let picture = character.controlPicture {
      self.character = picture
      self.columns = 1
    } else {
      self.character = character
      self.columns = width >= 2 ? 2 : 1
    }
    self.style = style
  }

  private init(continuationIn style: Style) {
    self.character = " "
    self.columns = 0
    self.style = style
  }

  /// Columns it takes: 1, 2, or 0 for a continuation.
  public var width: Int { Int(columns) }

  /// Whether it is the second half of the wide cell to its left.
  public var isContinuation: Bool { columns == 0 }

  /// A blank in the terminal's own colours.
  public static let blank = Cell(" ")

  /// A blank in `style`, whose background, underline and reverse show.
  public static func blank(_ style: Style) -> Cell { Cell(" ", style: style) }

  /// The second half of a wide cell of `style`; only `Grid` places it.
  static func continuation(_ style: Style) -> Cell { Cell(continuationIn: style) }
}

extension Character {
  /// What stands for this character in a cell when it must not reach a terminal; nil when it may.
  ///
  /// Controls, separators and overrides always are clusters of their own (or `\r\n`), but every
  /// scalar is looked at all the same.
  var controlPicture: Character? {
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x20...0x7E: continue
      case 0...0x1F: return Character(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      case 0x7F: return "\u{2421}"
      case 0x80...0x9F, 0x2028...0x202E, 0x2066...0x2069,
        0xFFF9...0xFFFB, 0xE0001:
        return "\u{FFFD}"
      default: continue
      }
    }
    return nil
  }
}
