import CVterm
public import Cells
import TextLayout

/// A terminal without a window: takes what a program writes, and tells what would be seen.
public final class TerminalScreen {
  private let terminal: OpaquePointer
  private var held: [UInt8] = []
  /// The size that the program was told.
  public private(set) var size: Size

  /// An empty screen, of one cell at the least.
  public init(size: Size) {
    self.size = Size(columns: max(1, size.columns), rows: max(1, size.rows))
    guard let terminal = confab_terminal_new(Int32(self.size.rows), Int32(self.size.columns)) else {
      preconditionFailure("there is no memory for a terminal of \(size)")
    }
    self.terminal = terminal
  }

  deinit { confab_terminal_free(terminal) }

  /// Takes what the program wrote; sequences may be cut anywhere.
  public func write(_ bytes: some Sequence<UInt8>) {
    var whole = held + bytes
    held = []
    // libvterm loses an operating system command, such as a title, that comes in pieces.
    if let start = TerminalScreen.openCommand(in: whole) {
      held = Array(whole[start...])
      whole.removeSubrange(start...)
    }
    whole.withUnsafeBytes { confab_terminal_write(terminal, $0.baseAddress, $0.count) }
  }

  /// Where a command begins whose end has not come; `nil` for none, and for one that is too long to be one.
  private static func openCommand(in bytes: [UInt8]) -> Int? {
    guard let start = bytes.lastIndex(of: 0x1B), bytes.count - start < 4096 else { return nil }
    let rest = bytes[start...].dropFirst()
    switch rest.first {
    case nil: return start
    case UInt8(ascii: "]"): return rest.contains(0x07) ? nil : start
    default: return nil
    }
  }

  /// Gives the screen another size; what no longer fits is gone.
  public func resize(to size: Size) {
    self.size = Size(columns: max(1, size.columns), rows: max(1, size.rows))
    confab_terminal_resize(terminal, Int32(self.size.rows), Int32(self.size.columns))
  }

  /// What is seen now, with the window's title.
  public var frame: Frame {
    var grid = Grid(size: size)
    for row in 0..<size.rows {
      var column = 0
      while column < size.columns {
        let cell = Cell(confab_terminal_cell_at(terminal, Int32(row), Int32(column)))
        if let cell { grid.write([cell], at: Point(column: column, row: row)) }
        column += cell?.width ?? 1
      }
    }
    var (row, column): (Int32, Int32) = (0, 0)
    let isVisible = confab_terminal_cursor(terminal, &row, &column)
    return Frame(
      grid: grid, cursor: isVisible ? Point(column: Int(column), row: Int(row)) : nil,
      modes: Frame.Modes(title: String(cString: confab_terminal_title(terminal))))
  }
}

extension Cell {
  /// A cell as `CVterm` tells it; `nil` for the second half of a wide one.
  fileprivate init?(_ cell: confab_terminal_cell) {
    guard cell.width > 0 else { return nil }
    var text = String.UnicodeScalarView()
    let scalars = [
      cell.scalars.0, cell.scalars.1, cell.scalars.2, cell.scalars.3, cell.scalars.4,
      cell.scalars.5,
    ]
    for value in scalars.prefix(Int(cell.scalar_count)) {
      if let scalar = Unicode.Scalar(value) { text.append(scalar) }
    }
    let style = Style(
      foreground: Color(cell.foreground), background: Color(cell.background),
      attributes: Style.Attributes(rawValue: cell.attributes))
    let character = String(text).first ?? " "
    // Beside half of a wide character that was written over, libvterm takes any for a wide one.
    self.init(character, width: min(Int(cell.width), Columns.width(of: character)), style: style)
  }
}

extension Color {
  /// A colour as `CVterm` tells it.
  fileprivate init(_ value: Int32) {
    switch value {
    case ..<0: self = .standard
    case ..<256: self = .indexed(UInt8(value))
    default:
      self = .rgb(
        UInt8(truncatingIfNeeded: value >> 16), UInt8(truncatingIfNeeded: value >> 8),
        UInt8(truncatingIfNeeded: value))
    }
  }
}
