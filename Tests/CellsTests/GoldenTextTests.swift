import Cells
import Testing

private func frame(_ lines: [(String, Style)], columns: Int = 10, cursor: Point? = nil) -> Frame {
  var grid = Grid(size: Size(columns: columns, rows: lines.count))
  for (row, line) in lines.enumerated() {
    grid.write(line.0, at: Point(column: 0, row: row), style: line.1) { $0 > "\u{1100}" ? 2 : 1 }
  }
  return Frame(grid: grid, cursor: cursor)
}

@Suite("GoldenText")
struct GoldenTextTests {
  private let title = Style(foreground: .indexed(4), background: .rgb(1, 2, 255), attributes: .bold)

  @Test("rows, cursor, styles, wide cells and a legend")
  func picture() {
    let frame = frame([("General", title), ("> 漢", .plain)], cursor: Point(column: 4, row: 1))
    #expect(
      GoldenText(frame).text == """
        {a:General}   |
        > 漢^      |
        a = bold 4 on #0102ff
        """)
    #expect(GoldenText(frame, names: [title: "t"]).rows[0] == "{t:General}   |")
  }

  @Test("the cursor on the second half of a wide cell stands before it")
  func cursorOnContinuation() {
    let frame = frame([("漢", .plain)], columns: 4, cursor: Point(column: 1, row: 0))
    #expect(GoldenText(frame).text == "^漢  |")
  }

  @Test("signs of the notation are escaped")
  func escapes() {
    #expect(GoldenText(frame([("{^}\\|", .plain)], columns: 5)).text == #"\{\^\}\\||"#)
  }

  @Test(
    "every size has a picture",
    arguments: [(0, 0, ""), (0, 2, "|\n|"), (1, 1, " |"), (3, 0, "")])
  func sizes(columns: Int, rows: Int, text: String) {
    #expect(GoldenText(Frame(size: Size(columns: columns, rows: rows))).text == text)
  }

  @Test("ids go on after z")
  func ids() {
    var grid = Grid(size: Size(columns: 28, rows: 1))
    for column in 0..<28 {
      let style = Style(foreground: .indexed(UInt8(column)))
      grid.write([Cell("x", style: style)], at: Point(column: column, row: 0))
    }
    let legend = GoldenText(Frame(grid: grid)).legend
    #expect(legend[25...] == ["z = 25", "aa = 26", "ab = 27"])
  }

  @Test("a right picture differs in nothing")
  func right() {
    let golden = GoldenText(frame([("a", .plain)], columns: 2))
    #expect(golden.difference(from: "\na |\n") == nil)
  }

  @Test("a wrong picture marks the first wrong row and gives the new expectation")
  func wrong() {
    let golden = GoldenText(frame([("a", .plain), ("b", .plain)], columns: 2))
    #expect(
      golden.difference(from: "a |\nc |") == """
        the screen differs first in line 2
        expected:
          a |
        > c |
        actual:
          a |
        > b |
        to expect this screen, paste:
        a |
        b |
        """)
    #expect(golden.difference(from: "a |")?.contains("> (nothing)") == true)
  }
}
