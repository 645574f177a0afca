public import Cells
public import ClientModel
import TextLayout

/// A grid with the theme at hand: what views draw with.
struct Canvas {
  var grid: Grid
  let theme: Theme
  var regions: [Frame.Region] = []
  var cursor: Point?

  init(grid: Grid, theme: Theme) {
    self.grid = grid
    self.theme = theme
  }

  /// Writes one line, cut at the area's right edge with an ellipsis, and gives the column after it.
  @discardableResult
  mutating func line(
    _ text: String, column: Int = 0, row: Int = 0, in area: Area, _ role: Role,
    adding attributes: Style.Attributes = []
  ) -> Int {
    guard row >= 0, row < area.rows, column < area.columns else { return column }
    let cut = truncate(text, columns: area.columns - column)
    let end = grid.write(
      cut, at: Point(column: area.column + column, row: area.row + row), in: Rectangle(area),
      style: theme[role].with(attributes), width: Columns.width(of:))
    return end - area.column
  }

  /// Writes pieces one after another, each in its role.
  @discardableResult
  mutating func line(_ pieces: [Piece], column: Int = 0, row: Int = 0, in area: Area) -> Int {
    var column = column
    for piece in pieces {
      column = line(piece.text, column: column, row: row, in: area, piece.role)
    }
    return column
  }

  mutating func fill(_ area: Area, _ role: Role) {
    grid.fill(Rectangle(area), with: .blank(theme[role]))
  }

  mutating func restyle(_ area: Area, _ role: Role) {
    let style = theme[role]
    grid.restyle(Rectangle(area)) { $0 = style }
  }

  /// Gives what has no background of its own that of `role`.
  mutating func lay(_ role: Role, below area: Area) {
    let background = theme[role].background
    guard background != .standard else { return }
    grid.restyle(Rectangle(area)) { if $0.background == .standard { $0.background = background } }
  }

  /// A horizontal line through the area's first row.
  mutating func rule(_ area: Area) {
    line(String(repeating: "─", count: area.columns), in: area, .border)
  }
}

/// A stretch of text in one role.
struct Piece: Hashable {
  var text: String
  var role: Role

  init(_ text: String, _ role: Role) {
    self.text = text
    self.role = role
  }
}

extension [Piece] {
  var columns: Int { reduce(0) { $0 + Columns.width(of: $1.text) } }
}

extension Rectangle {
  /// Where an area of the layout lies on the screen.
  public init(_ area: Area) {
    self.init(column: area.column, row: area.row, columns: area.columns, rows: area.rows)
  }
}

extension Area {
  /// The row at `offset`, as an area of its own.
  func row(_ offset: Int) -> Area {
    Area(column: column, row: row + offset, columns: columns, rows: offset < rows ? 1 : 0)
  }

  /// The area without its border.
  func inset(columns: Int, rows: Int) -> Area {
    Area(
      column: column + columns, row: row + rows, columns: self.columns - 2 * columns,
      rows: self.rows - 2 * rows)
  }
}
