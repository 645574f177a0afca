import CNcurses
import Cells

/// What ncurses can hold of a cell: one base of the cell's width and up to four marks on it.
///
/// The rest is left out, the same way everywhere, so that nothing ever shifts:
///
///     👩‍👩‍👧 -> 👩      👍🏽 -> 👍      ❤ + U+FE0F -> ❤      e + six accents -> e + four accents
///
/// A base that this machine's locale does not know, or measures otherwise, shows as U+FFFD.
struct CellText {
  /// The base and its marks.
  private(set) var scalars: [wchar_t] = []
  /// Whether a blank must follow because U+FFFD stands for something wide.
  private(set) var needsBlank = false

  /// The most code points in a cell of ncurses, CCHARW_MAX.
  private static let capacity = 5

  init(_ cell: Cell) {
    scalars.reserveCapacity(Self.capacity)
    var isFirst = true
    for scalar in cell.scalars {
      if isFirst {
        isFirst = false
        guard confab_columns(wchar_t(scalar.value)) == Int32(cell.width) else {
          scalars = [0xFFFD]
          needsBlank = cell.width == 2
          return
        }
        scalars.append(wchar_t(scalar.value))
      } else if scalar.value == 0x200D || scalars.count == Self.capacity {
        return
      } else if confab_columns(wchar_t(scalar.value)) == 0, !Self.isSelector(scalar) {
        scalars.append(wchar_t(scalar.value))
      }
    }
  }

  /// The only scalar of a cell that ncurses can hold; nil when there are several, or it cannot.
  static func letter(of cell: Cell) -> wchar_t? {
    guard cell.isSingle else { return nil }
    let letter = wchar_t(cell.base.value)
    return letter < 0x7F || confab_columns(letter) == Int32(cell.width) ? letter : nil
  }

  /// Selectors of presentation and tags: terminals disagree about the width that they make.
  private static func isSelector(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xFE00...0xFE0F, 0xE0000...0xE01EF: true
    default: false
    }
  }
}
