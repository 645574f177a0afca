import Cells
import ScriptKit
import Testing

@Suite("A snapshot")
struct SnapshotTests {
  /// A frame of three rows: plain, styled, and one with wide cells.
  static func frame() -> Frame {
    var grid = Grid(size: Size(columns: 10, rows: 3))
    put("plain", at: .zero, in: &grid)
    put("<&>", at: Point(column: 1, row: 1), in: &grid, Style(foreground: .indexed(4)).with(.bold))
    put("日本 x", at: Point(column: 0, row: 2), in: &grid)
    return Frame(grid: grid, cursor: Point(column: 2, row: 1), modes: .init(title: "Confab"))
  }

  private static func put(
    _ text: String, at point: Point, in grid: inout Grid, _ style: Style = .plain
  ) {
    _ = grid.write(text, at: point, style: style) { $0.isASCII ? 1 : 2 }
  }

  @Test("has the rows as text, wide cells once, then cursor, title and runs of style")
  func text() {
    #expect(
      Snapshot(SnapshotTests.frame()).text == """
        confab screen 1
        10x3
        |plain     |
        | <&>      |
        |日本 x    |
        cursor 3,2
        title Confab
        2: 2-4 bold 4

        """)
  }

  @Test("shows nothing of what is masked, neither text nor style nor cursor")
  func masks() {
    let masks = [
      Rectangle(column: 1, row: 1, columns: 3, rows: 1),
      Rectangle(column: 0, row: 2, columns: 4, rows: 1),
    ]
    #expect(
      Snapshot(SnapshotTests.frame(), masks: masks).text == """
        confab screen 1
        10x3
        |plain     |
        | ░░░      |
        |░░░░ x    |
        title Confab

        """)
  }

  @Test("is the same as itself, and shows the rows in which it differs from another")
  func difference() {
    let snapshot = Snapshot(SnapshotTests.frame())
    #expect(snapshot.difference(from: snapshot.text) == nil)
    let other = snapshot.text.replacing("plain ", with: "plane ").replacing("bold 4", with: "bold")
    #expect(
      snapshot.difference(from: other) == """
        - |plane     |
        + |plain     |
        - 2: 2-4 bold
        + 2: 2-4 bold 4
        """)
    #expect(snapshot.difference(from: snapshot.text + "\n") == "they differ in empty lines")
    #expect(snapshot.difference(from: "")?.hasPrefix("+ confab screen 1\n+ 10x3\n") == true)
  }

  @Test("that differs everywhere shows forty lines at the most, and that there are more")
  func manyDifferences() throws {
    let snapshot = Snapshot(Frame(size: Size(columns: 3, rows: 100)))
    let other = Snapshot(
      Frame(grid: Grid(size: Size(columns: 3, rows: 100), filledWith: Cell("x"))))
    let lines = try #require(snapshot.difference(from: other.text)).split(separator: "\n")
    #expect(lines.count == 41)
    #expect(lines.last == "…")
  }

  @Test("of no size at all is one, too")
  func empty() {
    #expect(Snapshot(Frame(size: .zero)).text == "confab screen 1\n0x0\n")
  }

  @Test("has a picture beside it, in which text is escaped and styles are seen")
  func picture() {
    let picture = ScreenSVG.picture(of: SnapshotTests.frame())
    #expect(picture.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 57\""))
    #expect(picture.hasSuffix("</svg>\n"))
    #expect(picture.contains(">&lt;&amp;&gt;</text>"))
    #expect(picture.contains("fill=\"#81a1c1\" font-weight=\"bold\""))
    // Two wide characters are four cells of nine.
    #expect(picture.contains("textLength=\"54\" lengthAdjust=\"spacingAndGlyphs\""))
    #expect(picture.contains(">日本 x</text>"))
  }

  @Test("has a picture that covers what is masked, and shows each way of drawing")
  func pictureStyles() {
    var grid = Grid(size: Size(columns: 4, rows: 1))
    let styles: [Style] = [
      Style().with(.reverse), Style(background: .rgb(1, 2, 3)).with([.underline, .struck]),
      Style(foreground: .indexed(196)).with(.dim), Style(foreground: .indexed(244)).with(.italic),
    ]
    for (column, style) in styles.enumerated() {
      SnapshotTests.put("x", at: Point(column: column, row: 0), in: &grid, style)
    }
    let mask = Rectangle(column: 1, row: 0, columns: 2, rows: 1)
    let picture = ScreenSVG.picture(of: Frame(grid: grid), masks: [mask])
    for part in [
      "fill=\"#14171c\"", "fill=\"#010203\"", "text-decoration=\"underline line-through\"",
      "fill=\"#ff0000\" opacity=\"0.6\"", "fill=\"#808080\" font-style=\"italic\"",
      "<rect x=\"9\" y=\"0\" width=\"18\" height=\"19\" fill=\"#3b4252\"/>",
    ] { #expect(picture.contains(part), "\(part)") }
  }
}
