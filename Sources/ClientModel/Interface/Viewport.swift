/// The size of the terminal in character cells.
public struct Viewport: Hashable, Sendable, Codable {
  /// Cells in a row; 0 or more.
  public var columns: Int
  /// Rows; 0 or more.
  public var rows: Int

  /// A size; negative numbers become 0.
  public init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }
}
