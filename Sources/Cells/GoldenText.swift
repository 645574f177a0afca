/// A frame as a picture in text, and the comparison of a screen with such a picture.
///
/// One row a line, closed by `|`. `^` stands before the cursor's cell, styled text stands in
/// `{id:text}`, wide cells stand once. A backslash stands before a literal `{`, `}`, `^` or `\`.
/// Below the rows the legend says what each id means, in the order they appear:
///
///     {a:General}       |
///     > hi^             |
///     a = bold 4
public struct GoldenText: Hashable, Sendable {
  /// The rows of the picture, each with its closing `|`.
  public let rows: [String]
  /// The lines `id = style` below them.
  public let legend: [String]

  /// The picture of `frame`.
  ///
  /// - Parameters:
  ///   - frame: Its modes and regions are left out.
  ///   - names: Ids for styles, such as a theme's words; other styles are a, b, c, … as they come.
  public init(_ frame: Frame, names: [Style: String] = [:]) {
    var styles = StyleNames(names: names)
    rows = frame.grid.rows.enumerated().map { index, row in
      let cursor = frame.cursor.flatMap { $0.row == index ? $0.column : nil }
      return Self.line(row, cursor: cursor, styles: &styles)
    }
    legend = styles.legend
  }

  /// The picture as text: rows, then the legend; no newline at the end.
  public var text: String { (rows + legend).joined(separator: "\n") }

  /// What is wrong with this screen compared with the expected picture.
  ///
  /// - Parameter expected: As `text`; empty lines before and after are ignored.
  /// - Returns: nil when they agree; else both pictures with the first wrong row marked `>`, and
  ///   under them the lines of this screen to paste in as the new expectation.
  public func difference(from expected: String) -> String? {
    let wanted = Self.trimmed(expected)
    let actual = rows + legend
    guard wanted != actual else { return nil }
    let wrong =
      zip(wanted, actual).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? min(wanted.count, actual.count)
    let report =
      ["the screen differs first in line \(wrong + 1)", "expected:"]
      + Self.marked(wanted, wrong) + ["actual:"] + Self.marked(actual, wrong)
      + ["to expect this screen, paste:"] + actual
    return report.joined(separator: "\n")
  }

  private static func marked(_ lines: [String], _ wrong: Int) -> [String] {
    let lines = lines.count > wrong ? lines : lines + ["(nothing)"]
    return lines.enumerated().map { ($0.offset == wrong ? "> " : "  ") + $0.element }
  }

  private static func trimmed(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    while lines.first == "" { lines.removeFirst() }
    while lines.last == "" { lines.removeLast() }
    return Array(lines)
  }

  private static func line(
    _ row: [Cell], cursor: Int?, styles: inout StyleNames
  ) -> String {
    var line = ""
    var open = Style.plain
    for (column, cell) in row.enumerated() where !cell.isContinuation {
      let covers = cursor.map { $0 >= column && $0 < column + cell.width } ?? false
      if cell.style != open {
        if open != .plain { line += "}" }
        if cell.style != .plain { line += "{" + styles.name(of: cell.style) + ":" }
        open = cell.style
      }
      if covers { line += "^" }
      if "{}^\\".contains(cell.character) { line += "\\" }
      line.append(cell.character)
    }
    if open != .plain { line += "}" }
    return line + "|"
  }
}

/// The ids given to styles so far.
private struct StyleNames {
  let names: [Style: String]
  private var given: [Style: String] = [:]
  private(set) var legend: [String] = []
  private var next = 0

  init(names: [Style: String]) {
    self.names = names
  }

  mutating func name(of style: Style) -> String {
    if let name = given[style] { return name }
    let name = names[style] ?? fresh()
    given[style] = name
    legend.append("\(name) = \(style)")
    return name
  }

  private mutating func fresh() -> String {
    while true {
      let name = Self.letters(next)
      next += 1
      if !names.values.contains(name) { return name }
    }
  }

  /// The name with that number: a, b, … z, aa, ab and so on.
  private static func letters(_ number: Int) -> String {
    let digit = String(UnicodeScalar(UInt8(97 + number % 26)))
    return number < 26 ? digit : letters(number / 26 - 1) + digit
  }
}
