/// A number of columns and rows, never negative.
public struct Size: Hashable, Sendable {
  /// Terminal columns, at least 0.
  public let columns: Int
  /// Terminal rows, at least 0.
  public let rows: Int

  /// A size; negative numbers count as 0.
  public init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  /// No columns and no rows.
  public static let zero = Size(columns: 0, rows: 0)

  /// Whether no cell fits.
  public var isEmpty: Bool { columns == 0 || rows == 0 }
}

/// A place on a grid, counted from the top left cell, which is (0, 0).
public struct Point: Hashable, Sendable {
  /// Columns from the left edge; may lie outside a grid.
  public var column: Int
  /// Rows from the top edge; may lie outside a grid.
  public var row: Int

  /// The place `column` to the right and `row` down.
  public init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }

  /// The top left cell.
  public static let zero = Point(column: 0, row: 0)
}

/// A part of a grid: whole cells from `origin` to the right and down.
///
/// Cutting more than there is gives empty rectangles, never negative ones, so that a view needs no
/// case for a small terminal.
public struct Rectangle: Hashable, Sendable {
  /// The top left cell.
  public var origin: Point
  /// How far it reaches.
  public var size: Size

  /// The rectangle of `size` whose top left cell is `origin`.
  public init(origin: Point, size: Size) {
    self.origin = origin
    self.size = size
  }

  /// The rectangle of `columns` × `rows` cells at (`column`, `row`).
  public init(column: Int, row: Int, columns: Int, rows: Int) {
    self.init(
      origin: Point(column: column, row: row), size: Size(columns: columns, rows: rows))
  }

  /// The whole of a grid of `size`.
  public init(_ size: Size) {
    self.init(origin: .zero, size: size)
  }

  /// The columns it covers.
  public var columns: Range<Int> { origin.column..<origin.column + size.columns }

  /// The rows it covers.
  public var rows: Range<Int> { origin.row..<origin.row + size.rows }

  /// Whether no cell lies in it.
  public var isEmpty: Bool { size.isEmpty }

  /// Whether the cell at `point` lies in it.
  public func contains(_ point: Point) -> Bool {
    columns.contains(point.column) && rows.contains(point.row)
  }

  /// The cells that lie in both.
  public func intersection(_ other: Rectangle) -> Rectangle {
    let columns = columns.clamped(to: other.columns)
    let rows = rows.clamped(to: other.rows)
    return Rectangle(
      column: columns.lowerBound, row: rows.lowerBound, columns: columns.count, rows: rows.count)
  }
}

extension Rectangle {
  /// The rectangle without a border of `columns` left and right and `rows` above and below.
  public func inset(columns: Int = 0, rows: Int = 0) -> Rectangle {
    let left = min(max(0, columns), size.columns)
    let top = min(max(0, rows), size.rows)
    return Rectangle(
      column: origin.column + left, row: origin.row + top,
      columns: size.columns - 2 * left, rows: size.rows - 2 * top)
  }

  /// Cuts off the first `rows` rows.
  public func split(top rows: Int) -> (top: Rectangle, rest: Rectangle) {
    let cut = min(max(0, rows), size.rows)
    return (
      Rectangle(origin: origin, size: Size(columns: size.columns, rows: cut)),
      Rectangle(
        column: origin.column, row: origin.row + cut,
        columns: size.columns, rows: size.rows - cut)
    )
  }

  /// Cuts off the last `rows` rows.
  public func split(bottom rows: Int) -> (rest: Rectangle, bottom: Rectangle) {
    let (top, rest) = split(top: size.rows - min(max(0, rows), size.rows))
    return (top, rest)
  }

  /// Cuts off the first `columns` columns.
  public func split(left columns: Int) -> (left: Rectangle, rest: Rectangle) {
    let cut = min(max(0, columns), size.columns)
    return (
      Rectangle(origin: origin, size: Size(columns: cut, rows: size.rows)),
      Rectangle(
        column: origin.column + cut, row: origin.row,
        columns: size.columns - cut, rows: size.rows)
    )
  }

  /// Cuts off the last `columns` columns.
  public func split(right columns: Int) -> (rest: Rectangle, right: Rectangle) {
    let (left, rest) = split(left: size.columns - min(max(0, columns), size.columns))
    return (left, rest)
  }

  /// The row `offset` below the first as a rectangle of its own; empty when there is none.
  public func row(_ offset: Int) -> Rectangle {
    guard (0..<size.rows).contains(offset) else {
      return Rectangle(origin: origin, size: Size(columns: size.columns, rows: 0))
    }
    return Rectangle(
      column: origin.column, row: origin.row + offset, columns: size.columns, rows: 1)
  }
}
