public import Cells

/// A screen as a file keeps it: its rows as text, then its runs of style.
///
/// ```
/// confab screen 1
/// 20x3
/// | Confab  Alice      |
/// |> hi                |
/// |                    |
/// cursor 5,2
/// title Confab: Alice
/// 1: 1-20 reverse
/// 2: 1-2 fg=4
/// ```
///
/// Columns and rows count from 1. What is masked stands as `░`, without style.
public struct Snapshot: Hashable, Sendable {
  /// The text of the file, which ends with a line feed.
  public let text: String

  /// The snapshot of a frame; `masks` are the parts that are left out.
  public init(_ frame: Frame, masks: [Rectangle] = []) {
    var grid = frame.grid
    for mask in masks { grid.mask(mask) }
    var lines = ["confab screen 1", "\(grid.size.columns)x\(grid.size.rows)"]
    for row in grid.rows {
      lines.append("|\(String(row.filter { !$0.isContinuation }.map(\.character)))|")
    }
    let cursor = frame.cursor.flatMap { point in
      masks.contains { $0.contains(point) } ? nil : point
    }
    if let cursor { lines.append("cursor \(cursor.column + 1),\(cursor.row + 1)") }
    if !frame.modes.title.isEmpty { lines.append("title \(frame.modes.title)") }
    for (number, row) in grid.rows.enumerated() {
      let runs = Snapshot.runs(row)
      if !runs.isEmpty { lines.append("\(number + 1): \(runs.joined(separator: "; "))") }
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  /// The runs of cells of one style that is not the plain one: `1-20 bold fg=4`.
  private static func runs(_ row: [Cell]) -> [String] {
    var runs: [String] = []
    var start = 0
    while start < row.count {
      var end = start
      while end + 1 < row.count, row[end + 1].style == row[start].style { end += 1 }
      if row[start].style != .plain { runs.append("\(start + 1)-\(end + 1) \(row[start].style)") }
      start = end + 1
    }
    return runs
  }

  /// What is wrong with this screen where another one was expected; `nil` when they are the same.
  ///
  /// Rows that differ stand below each other, `-` as expected and `+` as they are.
  public func difference(from expected: String) -> String? {
    guard expected != text else { return nil }
    let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let actual = text.split(separator: "\n", omittingEmptySubsequences: false)
    var lines: [String] = []
    for index in 0..<max(wanted.count, actual.count) {
      let (old, new) = (wanted[safe: index], actual[safe: index])
      guard old != new else { continue }
      if lines.count >= 40 {
        lines.append("…")
        break
      }
      if let old, !old.isEmpty { lines.append("- \(old)") }
      if let new, !new.isEmpty { lines.append("+ \(new)") }
    }
    return lines.isEmpty ? "they differ in empty lines" : lines.joined(separator: "\n")
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? {
    indices.contains(index) ? self[index] : nil
  }
}

extension Grid {
  /// Puts `░` in the place of what is in a part, so that nobody sees what it was.
  fileprivate mutating func mask(_ part: Rectangle) { fill(part, with: Cell("░")) }
}

extension Snapshot {
  /// The end of a snapshot's name.
  public static let ending = ".screen"

  /// Where the snapshots of a script are kept: in a folder beside it that has its name.
  public static func folder(of script: String) -> String {
    "\(script.hasSuffix(".confab") ? String(script.dropLast(7)) : script).snapshots"
  }
}
