/// The cells to redraw so that one grid turns into another.
///
/// Spans are the shortest run of cells, from the first to the last changed one of a row, that does
/// not cut a wide cell:
///
///     before   │a│b│c│d│        │a│漢  │d│        │a│b│c│d│
///     after    │a│x│c│y│        │a│x│y│d│        │a│漢  │d│
///     span        └───┘            └─┘              └──┘
///
/// Grids of different sizes differ everywhere.
public struct GridDifference: Hashable, Sendable {
  /// Cells of one row that changed.
  public struct Span: Hashable, Sendable {
    /// The row from the top.
    public let row: Int
    /// The columns from the first changed cell to after the last; never empty.
    public let columns: Range<Int>

    /// The cells of `row` in `columns`.
    public init(row: Int, columns: Range<Int>) {
      self.row = row
      self.columns = columns
    }
  }

  /// What to redraw, from the top; at most one a row.
  public let spans: [Span]
  /// Whether everything is to be redrawn because the size is another.
  public let isComplete: Bool

  /// What changed from `before` to `after`.
  ///
  /// - Complexity: Rows that share their storage cost nothing; others are compared from both ends.
  public init(from before: Grid, to after: Grid) {
    guard before.size == after.size else {
      isComplete = true
      spans =
        after.size.columns == 0
        ? [] : after.rows.indices.map { Span(row: $0, columns: 0..<after.size.columns) }
      return
    }
    isComplete = false
    var spans: [Span] = []
    for row in after.rows.indices {
      let old = before.rows[row]
      let new = after.rows[row]
      if let columns = Self.changed(from: old, to: new) {
        spans.append(Span(row: row, columns: columns))
      }
    }
    self.spans = spans
  }

  /// Whether there is nothing to redraw.
  public var isEmpty: Bool { spans.isEmpty }

  private static func changed(from old: [Cell], to new: [Cell]) -> Range<Int>? {
    let shared = old.withUnsafeBufferPointer { left in
      new.withUnsafeBufferPointer { left.baseAddress == $0.baseAddress }
    }
    guard !shared, var first = new.indices.first(where: { old[$0] != new[$0] }) else { return nil }
    var end = new.count
    while old[end - 1] == new[end - 1] { end -= 1 }
    while first > 0, old[first].isContinuation || new[first].isContinuation { first -= 1 }
    while end < new.count, old[end].isContinuation || new[end].isContinuation { end += 1 }
    return first..<end
  }
}
