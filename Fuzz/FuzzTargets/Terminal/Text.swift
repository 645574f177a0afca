import Cells
import TextLayout

extension FuzzTarget {
  /// Text of others on the screen: no control character reaches a cell, and no line is wider than asked for.
  static let text = FuzzTarget("text", longestInput: 1024) { bytes in
    var input = Input(bytes)
    let columns = Int(input.byte() % 40)
    let source = decoded(input.all())
    for line in wrap(source, columns: columns) {
      try requireEqual(Columns.width(of: line.text), line.width, "the width of a line")
      try require(
        line.width <= max(columns, 2) || line.text.count == 1,
        "a line of \(line.width) columns in \(columns)")
    }
    let cut = truncate(source, columns: columns)
    try require(Columns.width(of: cut) <= columns, "cut to \(Columns.width(of: cut)) columns")
    var grid = Grid(size: Size(columns: columns, rows: 2))
    grid.write(source, at: Point(column: 1, row: 0), width: Columns.width(of:))
    for cell in grid.rows.joined() {
      for scalar in cell.scalars {
        try require(
          scalar.properties.generalCategory != .control,
          "a control character in a cell: \(String(scalar.value, radix: 16))")
      }
    }
  }
}
