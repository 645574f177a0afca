import Cells
import Testing

@Suite("Rectangle")
struct RectangleTests {
  private let screen = Rectangle(column: 2, row: 1, columns: 10, rows: 4)

  @Test("cutting more than there is leaves nothing", arguments: [-1, 0, 1, 4, 9])
  func splits(count: Int) {
    let taken = min(max(0, count), 4)
    let (top, below) = screen.split(top: count)
    #expect(top.rows == 1..<1 + taken && below.rows == 1 + taken..<5)
    let (above, bottom) = screen.split(bottom: count)
    #expect(above.rows == 1..<5 - taken && bottom.rows == 5 - taken..<5)
    let (left, right) = screen.split(left: count)
    #expect(left.columns == 2..<2 + min(max(0, count), 10))
    #expect(right.columns == left.columns.upperBound..<12)
    let (rest, last) = screen.split(right: count)
    #expect(rest.columns.upperBound == last.columns.lowerBound && last.columns.upperBound == 12)
  }

  @Test("insets and intersections never turn inside out")
  func edges() {
    #expect(screen.inset(columns: 1, rows: 1) == Rectangle(column: 3, row: 2, columns: 8, rows: 2))
    #expect(screen.inset(columns: 9, rows: 9).isEmpty)
    #expect(screen.intersection(Rectangle(column: 50, row: 0, columns: 3, rows: 3)).isEmpty)
    #expect(screen.row(3).rows == 4..<5)
    #expect(screen.row(4).isEmpty)
    #expect(Size(columns: -3, rows: 2).isEmpty)
  }

  @Test("the topmost region is hit")
  func regions() {
    var frame = Frame(size: Size(columns: 9, rows: 9))
    frame.regions = [
      Frame.Region(rectangle: Rectangle(column: 0, row: 0, columns: 9, rows: 9), target: "list"),
      Frame.Region(rectangle: Rectangle(column: 1, row: 1, columns: 2, rows: 1), target: "button"),
    ]
    #expect(frame.target(at: Point(column: 2, row: 1)) == "button")
    #expect(frame.target(at: Point(column: 3, row: 1)) == "list")
    #expect(frame.target(at: Point(column: 9, row: 1)) == nil)
  }
}
