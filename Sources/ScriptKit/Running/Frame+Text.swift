import Cells
import ClientModel
import Views

/// A screen as text, each wide cell once.
extension Frame {
  /// The rows, blanks at the end kept.
  var textRows: [String] { Rectangle(grid.size).rows.map { text(row: $0) } }

  /// The text of the rows of an area, blanks at both ends left out.
  func rows(in area: Area) -> [String] {
    let part = Rectangle(area).intersection(Rectangle(grid.size))
    return part.rows.map { text(row: $0, part.columns).trimmed }
  }

  /// The text of one row of the screen, or of some of its columns.
  func text(row number: Int, _ columns: Range<Int> = 0..<Int.max) -> String {
    String(cells(row: number, columns).map(\.character))
  }

  /// Where in a part of the screen a finder finds something; it tells how many characters of it begin at a place in the
  /// text of a row.
  func findings(
    in part: Rectangle, _ finder: (_ text: [Character], _ start: Int) -> Int?
  ) -> [Rectangle] {
    var findings: [Rectangle] = []
    for number in part.rows {
      let cells = cells(row: number, part.columns)
      let text = cells.map(\.character)
      var start = 0
      while start < text.count {
        guard let length = finder(text, start), length > 0 else {
          start += 1
          continue
        }
        let (first, last) = (cells[start], cells[start + length - 1])
        findings.append(
          Rectangle(
            column: first.column, row: number, columns: last.column + last.width - first.column,
            rows: 1))
        start += length
      }
    }
    return findings
  }

  private func cells(
    row number: Int, _ columns: Range<Int>
  ) -> [(column: Int, width: Int, character: Character)] {
    guard grid.rows.indices.contains(number) else { return [] }
    let row = grid.rows[number]
    return columns.clamped(to: row.indices).compactMap { column in
      let cell = row[column]
      return cell.isContinuation ? nil : (column, cell.width, cell.character)
    }
  }
}

extension String {
  /// Without blanks at both ends.
  var trimmed: String {
    String(trimmedEnd.drop { $0 == " " })
  }

  /// Without blanks at the end.
  var trimmedEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
