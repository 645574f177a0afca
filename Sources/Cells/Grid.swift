/// A rectangle of styled cells, row by row.
///
/// Every write keeps wide cells whole. Half a wide cell cannot be drawn, so what is left of one turns
/// into a blank of its style, and a wide cell that meets the edge of its area becomes a blank too:
///
///     before   │漢│漢│        write "x" at column 1        after   │ │x│漢│
///
/// Rows are arrays: a row taken over from an earlier grid shares its storage, and comparing it costs
/// nothing.
public struct Grid: Hashable, Sendable {
  /// How many cells there are.
  public let size: Size
  /// The rows from the top; each holds `size.columns` cells.
  public private(set) var rows: [[Cell]]

  /// A grid of `size`, every cell `cell`, which must not be wide.
  public init(size: Size, filledWith cell: Cell = .blank) {
    self.size = size
    let cell = cell.width == 1 ? cell : .blank(cell.style)
    let row = [Cell](repeating: cell, count: size.columns)
    self.rows = [[Cell]](repeating: row, count: size.rows)
  }

  /// The cell at `point`; a blank outside the grid.
  public subscript(point: Point) -> Cell {
    guard Rectangle(size).contains(point) else { return .blank }
    return rows[point.row][point.column]
  }

  /// Takes over a whole row of an earlier grid, sharing its storage.
  ///
  /// Does nothing when there is no such row; a row of another length is cut or filled up with blanks.
  public mutating func replaceRow(_ row: Int, with cells: [Cell]) {
    guard rows.indices.contains(row) else { return }
    guard cells.count != size.columns else {
      rows[row] = cells
      return
    }
    rows[row] = [Cell](repeating: .blank, count: size.columns)
    write(cells, at: Point(column: 0, row: row))
  }

  /// Writes measured cells from `point` to the right.
  ///
  /// - Parameters:
  ///   - cells: Continuations among them are skipped: wide cells bring their own.
  ///   - point: Where the first one goes; may lie left of `area`, which cuts the beginning off.
  ///   - area: Nothing outside it changes; nil is the whole grid.
  /// - Returns: The column after the last cell, as if nothing had been cut.
  @discardableResult
  public mutating func write(
    _ cells: some Sequence<Cell>, at point: Point, in area: Rectangle? = nil
  ) -> Int {
    let clip = visible(area)
    var column = point.column
    for cell in cells where !cell.isContinuation {
      put(cell, column: column, row: point.row, clip: clip)
      column += cell.width
    }
    return column
  }

  /// Writes text from `point` to the right, one grapheme cluster after the other.
  ///
  /// - Parameters:
  ///   - text: Newlines and other controls show as pictures; wrap the text before.
  ///   - point: Where it begins; may lie left of `area`, which cuts the beginning off.
  ///   - area: Nothing outside it changes; nil is the whole grid.
  ///   - style: How it looks.
  ///   - width: Columns of a cluster; not asked about ASCII. Those of 0 columns are left out; one of
  ///     more columns than its first scalar is written as several cells.
  /// - Returns: The column after the text, as if nothing had been cut.
  @discardableResult
  public mutating func write(
    _ text: some StringProtocol, at point: Point, in area: Rectangle? = nil,
    style: Style = .plain, width: (Character) -> Int
  ) -> Int {
    let clip = visible(area)
    var column = point.column
    let utf8 = text.utf8
    var index = utf8.startIndex
    while index < utf8.endIndex {
      // A printable ASCII byte before another ASCII byte, or at the end, is a cluster of one column.
      let byte = utf8[index]
      let next = utf8.index(after: index)
      if (0x20...0x7E).contains(byte), next == utf8.endIndex || utf8[next] < 0x80 {
        put(Cell(printable: byte, style: style), column: column, row: point.row, clip: clip)
        column += 1
        index = next
        continue
      }
      write(text[index], column: &column, row: point.row, clip: clip, style: style, width: width)
      index = text.index(after: index)
    }
    return column
  }

  private mutating func write(
    _ character: Character, column: inout Int, row: Int, clip: Rectangle, style: Style,
    width: (Character) -> Int
  ) {
    let columns = width(character)
    guard columns > 0 || character.controlPicture != nil else { return }
    if columns > 1, character.unicodeScalars.count > 1 {
      for piece in Self.pieces(of: character, columns: columns, width: width) {
        put(Cell(piece.0, width: piece.1, style: style), column: column, row: row, clip: clip)
        column += piece.1
      }
    } else {
      let cell = Cell(character, width: columns, style: style)
      put(cell, column: column, row: row, clip: clip)
      column += cell.width
    }
  }

  /// A cluster as cells: one, unless it takes more columns than its first scalar does.
  ///
  ///     👩‍👩‍👧 -> │👩‍👩‍👧  │      का -> │क│ा│      🇸🇪 -> │🇸│🇪│
  private static func pieces(
    of character: Character, columns: Int, width: (Character) -> Int
  ) -> [(Character, Int)] {
    let scalars = character.unicodeScalars.map { ($0, width(Character($0))) }
    guard let first = scalars.first, first.1 > 0, first.1 < columns else {
      return [(character, min(columns, 2))]
    }
    var pieces: [(String.UnicodeScalarView, Int)] = []
    for (scalar, columns) in scalars {
      if columns > 0 || pieces.isEmpty { pieces.append((String.UnicodeScalarView(), columns)) }
      pieces[pieces.count - 1].0.append(scalar)
    }
    return pieces.compactMap { scalars, columns in String(scalars).first.map { ($0, columns) } }
  }

  /// Fills `area` with `cell`, which must not be wide.
  public mutating func fill(_ area: Rectangle, with cell: Cell) {
    let clip = visible(area)
    let cell = cell.width == 1 ? cell : .blank(cell.style)
    for row in clip.rows {
      for column in clip.columns {
        put(cell, column: column, row: row, clip: clip)
      }
    }
  }

  /// Changes the style of every cell in `area`, for selections and highlights; the text stays.
  public mutating func restyle(_ area: Rectangle, _ change: (inout Style) -> Void) {
    let clip = visible(area)
    for row in clip.rows {
      for column in clip.columns {
        change(&rows[row][column].style)
      }
    }
  }

  private func visible(_ area: Rectangle?) -> Rectangle {
    let whole = Rectangle(size)
    return area.map { $0.intersection(whole) } ?? whole
  }

  /// Puts one cell of 1 or 2 columns, or the visible part of it as blanks.
  private mutating func put(_ cell: Cell, column: Int, row: Int, clip: Rectangle) {
    guard clip.rows.contains(row) else { return }
    let columns = clip.columns
    if cell.width == 1 {
      guard columns.contains(column) else { return }
      clear(column, row)
      rows[row][column] = cell
      return
    }
    let first = columns.contains(column)
    let second = columns.contains(column + 1)
    if first { clear(column, row) }
    if second { clear(column + 1, row) }
    switch (first, second) {
    case (true, true):
      rows[row][column] = cell
      rows[row][column + 1] = .continuation(cell.style)
    case (true, false): rows[row][column] = .blank(cell.style)
    case (false, true): rows[row][column + 1] = .blank(cell.style)
    case (false, false): break
    }
  }

  /// Turns the other half of a wide cell at (`column`, `row`) into a blank before it is overwritten.
  private mutating func clear(_ column: Int, _ row: Int) {
    switch rows[row][column].width {
    case 0 where column > 0:
      rows[row][column - 1] = .blank(rows[row][column - 1].style)
    case 2 where column + 1 < size.columns:
      rows[row][column + 1] = .blank(rows[row][column + 1].style)
    default: break
    }
  }
}

extension Grid {
  /// The text of the grid, one line a row, without styles and without blanks at line ends.
  public var plainText: String {
    rows.map { row in
      var line = ""
      for cell in row where !cell.isContinuation { line.append(cell.character) }
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
