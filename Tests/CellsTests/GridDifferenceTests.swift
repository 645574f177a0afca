import Cells
import Testing

private func grid(_ text: String) -> Grid {
  var grid = Grid(size: Size(columns: 6, rows: 1))
  grid.write(text, at: .zero) { $0 > "\u{1100}" ? 2 : 1 }
  return grid
}

@Suite("GridDifference")
struct GridDifferenceTests {
  @Test(
    "a span reaches from the first to the last changed cell, wide cells whole",
    arguments: [
      ("abcdef", "abcdef", nil), ("abcdef", "aXcdef", 1..<2), ("abcdef", "aXcYef", 1..<4),
      ("a漢d", "axyd", 1..<3), ("abcd", "a漢d", 1..<3), ("a漢d", "a字d", 1..<3),
      ("漢字", "漢x", 2..<4), ("a漢字", "漢字", 0..<5),
    ] as [(String, String, Range<Int>?)])
  func spans(before: String, after: String, columns: Range<Int>?) {
    let difference = GridDifference(from: grid(before), to: grid(after))
    #expect(difference.spans == columns.map { [GridDifference.Span(row: 0, columns: $0)] } ?? [])
    #expect(!difference.isComplete)
  }

  @Test("a style that changes on a blank counts")
  func style() {
    var after = grid("ab")
    after.restyle(Rectangle(column: 4, row: 0, columns: 1, rows: 1)) { $0.background = .indexed(1) }
    #expect(GridDifference(from: grid("ab"), to: after).spans.map(\.columns) == [4..<5])
  }

  @Test(
    "another size is all new", arguments: [Size(columns: 5, rows: 1), Size(columns: 6, rows: 2)])
  func sizes(size: Size) {
    let difference = GridDifference(from: grid("ab"), to: Grid(size: size))
    #expect(difference.isComplete)
    #expect(difference.spans.map(\.row) == Array(0..<size.rows))
    #expect(GridDifference(from: grid("a"), to: Grid(size: .zero)).isEmpty)
  }
}
