/// One cell of a grid: a grapheme cluster and how it looks.
///
/// A cell never holds a character that could steer a terminal. The initializer draws such a one as a
/// picture instead, so that hostile text is harmless wherever it comes from:
///
///     "\u{1B}" -> ␛     "\n" -> ␊     "\u{7F}" -> ␡     "\u{9B}", "\u{202E}", "\u{2028}" -> �
///
/// It is a plain value of 32 bytes without references, because a screen has thousands of them and each
/// is compared for each frame. So it holds six scalars, one more than ncurses can draw; a longer
/// cluster is cut.
public struct Cell: Hashable, Sendable {
  /// Six scalars of 21 bits, the first in the lowest bits; 0 ends them.
  private let scalarBits: (low: UInt64, high: UInt64)
  /// How it looks.
  public var style: Style
  private let columns: UInt8

  /// The most scalars of a cluster that are kept.
  private static let capacity = 6

  /// A cell that shows `character`.
  ///
  /// - Parameters:
  ///   - character: Drawn as it is, unless it is a control or a bidirectional override (see above).
  ///   - width: 1 or 2 columns; other numbers count as the nearer of them. A picture takes 1.
  ///   - style: How it looks.
  public init(_ character: Character, width: Int = 1, style: Style = .plain) {
    let picture = character.controlPicture
    let columns: UInt8 = picture == nil && width >= 2 ? 2 : 1
    self.init(scalars: (picture ?? character).unicodeScalars, columns: columns, style: style)
  }

  /// A cell that shows one printable ASCII character.
  init(printable byte: UInt8, style: Style) {
    scalarBits = (UInt64(byte), 0)
    columns = 1
    self.style = style
  }

  private init(scalars: some Sequence<Unicode.Scalar>, columns: UInt8, style: Style) {
    var bits: (low: UInt64, high: UInt64) = (0, 0)
    for (place, scalar) in scalars.prefix(Self.capacity).enumerated() {
      if place < 3 {
        bits.low |= UInt64(scalar.value) << (21 * place)
      } else {
        bits.high |= UInt64(scalar.value) << (21 * (place - 3))
      }
    }
    self.scalarBits = bits
    self.columns = columns
    self.style = style
  }

  /// Columns it takes: 1, 2, or 0 for a continuation.
  public var width: Int { Int(columns) }

  /// Whether it is the second half of the wide cell to its left.
  public var isContinuation: Bool { columns == 0 }

  /// The first scalar drawn; a blank in a continuation.
  public var base: Unicode.Scalar { Unicode.Scalar(UInt32(scalarBits.low & 0x1FFFFF)) ?? " " }

  /// Whether there is nothing but the base.
  public var isSingle: Bool { scalarBits.low >> 21 == 0 }

  /// What is drawn, scalar by scalar; never empty.
  public var scalars: [Unicode.Scalar] {
    let all = [scalarBits.low, scalarBits.high].flatMap { bits in
      [bits, bits >> 21, bits >> 42].map { UInt32($0 & 0x1FFFFF) }
    }
    return all.prefix { $0 != 0 }.compactMap { Unicode.Scalar($0) }
  }

  /// The grapheme cluster drawn; a blank in a continuation.
  public var character: Character {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text).first ?? " "
  }

  /// A blank in the terminal's own colours.
  public static let blank = Cell(printable: 0x20, style: .plain)

  /// A blank in `style`, whose background, underline and reverse show.
  public static func blank(_ style: Style) -> Cell { Cell(printable: 0x20, style: style) }

  /// The second half of a wide cell of `style`; only `Grid` places it.
  static func continuation(_ style: Style) -> Cell {
    Cell(scalars: CollectionOfOne(" "), columns: 0, style: style)
  }

  /// Whether both show the same scalars in the same columns and style.
  public static func == (left: Cell, right: Cell) -> Bool {
    left.scalarBits == right.scalarBits && left.columns == right.columns
      && left.style == right.style
  }

  /// Feeds what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(scalarBits.low)
    hasher.combine(scalarBits.high)
    hasher.combine(columns)
    hasher.combine(style)
  }
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
