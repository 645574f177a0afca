import Cells
import Testing

/// Two columns for what is not Latin here; enough for these tests.
private func width(_ character: Character) -> Int {
  character == "\u{200B}" ? 0 : character > "\u{1100}" ? 2 : 1
}

private func grid(_ lines: String..., columns: Int) -> Grid {
  var grid = Grid(size: Size(columns: columns, rows: lines.count))
  for (row, line) in lines.enumerated() {
    grid.write(line, at: Point(column: 0, row: row), width: width)
  }
  return grid
}

/// The cells of a row with `-` for each continuation.
private func cells(_ grid: Grid, row: Int = 0) -> String {
  String(grid.rows[row].map { $0.isContinuation ? "-" : $0.character })
}

@Suite("Grid")
struct GridTests {
  @Test("a wide cell takes two columns")
  func wide() {
    #expect(cells(grid("a漢b", columns: 6)) == "a漢-b  ")
  }

  @Test(
    "overwriting half a wide cell leaves a blank for the other half",
    arguments: [
      (0, "x", "x 字-  "), (1, "x", " x字-  "), (2, "x", "漢-x   "), (1, "語", " 語-   "),
    ])
  func halves(column: Int, text: String, result: String) {
    var grid = grid("漢字", columns: 6)
    grid.write(text, at: Point(column: column, row: 0), width: width)
    #expect(cells(grid) == result)
  }

  @Test(
    "text is cut at the edges of its area",
    arguments: [
      (1, "abcdef", "..bcd..."), (2, "abcdef", "..abc..."), (4, "abcdef", "....a..."),
      (5, "abcdef", "........"), (3, "漢字", "...漢-..."), (4, "漢字", ".... ..."),
      (1, "漢字", ".. 字-..."), (-9, "abc", "........"),
    ])
  func clipping(column: Int, text: String, result: String) {
    var grid = Grid(size: Size(columns: 8, rows: 1), filledWith: Cell("."))
    grid.write(
      text, at: Point(column: column, row: 0),
      in: Rectangle(column: 2, row: -3, columns: 3, rows: 9), width: width)
    #expect(cells(grid) == result)
  }

  @Test("writing tells the column after the text, cut or not")
  func columnAfter() {
    var grid = Grid(size: Size(columns: 3, rows: 1))
    #expect(grid.write("a漢b\u{200B}c", at: .zero, width: width) == 5)
    #expect(grid.write([Cell("x"), Cell("漢", width: 2)], at: .zero) == 3)
    #expect(cells(grid) == "x漢-")
  }

  @Test("a cluster wider than its first scalar becomes several cells")
  func pieces() {
    var grid = Grid(size: Size(columns: 5, rows: 1))
    let after = grid.write("🇸🇪e\u{301}", at: .zero) { $0 == "🇸🇪" ? 2 : 1 }
    #expect(after == 3)
    #expect(grid.rows[0].prefix(3).map(\.character) == ["🇸", "🇪", "e\u{301}"])
    #expect(grid.plainText == "🇸🇪e\u{301}")
    #expect(grid.write("👩‍👩‍👧", at: .zero) { _ in 2 } == 2)
    #expect(grid.rows[0][0].character == "👩‍👩‍👧")
    #expect(grid.rows[0][1].isContinuation)
  }

  @Test("writing outside does nothing", arguments: [-1, 1, 7])
  func outside(row: Int) {
    var grid = grid("abc", columns: 3)
    grid.write("x", at: Point(column: 0, row: row), width: width)
    #expect(grid.plainText == "abc")
  }

  @Test("controls in text become pictures")
  func controls() {
    #expect(grid("a\u{1B}[2J\n", columns: 8).plainText == "a␛[2J␊")
    var empty = Grid(size: Size(columns: 2, rows: 1))
    empty.write("\u{1B}\u{200B}", at: .zero) { _ in 0 }
    #expect(empty.plainText == "␛")
  }

  @Test("filling and restyling keep to their area")
  func fill() {
    var grid = grid("漢字漢", columns: 6)
    grid.fill(Rectangle(column: 1, row: 0, columns: 2, rows: 5), with: Cell("."))
    #expect(cells(grid) == " .. 漢-")
    grid.restyle(Rectangle(column: 4, row: 0, columns: 2, rows: 1)) { $0.attributes = .reverse }
    #expect(
      grid.rows[0].map { $0.style.attributes == .reverse } == [
        false, false, false, false, true, true,
      ])
  }

  @Test("a row taken over keeps to the grid's columns")
  func replaceRow() {
    let source = grid("漢字", columns: 4)
    for (columns, result) in [(4, "漢-字-"), (3, "漢- "), (6, "漢-字-  ")] {
      var target = Grid(size: Size(columns: columns, rows: 1))
      target.replaceRow(0, with: source.rows[0])
      target.replaceRow(1, with: source.rows[0])
      #expect(cells(target) == result)
    }
  }

  @Test("a grid of any size can be written to", arguments: [0, 1, 2])
  func tiny(side: Int) {
    var grid = Grid(size: Size(columns: side, rows: side))
    grid.write("漢字", at: Point(column: -1, row: 0), width: width)
    grid.fill(Rectangle(column: -4, row: -4, columns: 9, rows: 9), with: Cell("x"))
    #expect(grid.rows.count == side && grid.rows.allSatisfy { $0.count == side })
    #expect(grid[Point(column: 5, row: 5)] == .blank)
  }
}
