/// A detail of a step, `identity  8:acs:…`, laid out for a terminal: its word in a column, nothing that steers the
/// terminal.
struct DetailLine {
  /// How wide the column of words is: the longest word, and a gap.
  private static let column = 15
  /// How much of a value is shown.
  private static let limit = 300

  /// The line.
  let text: String

  /// The line of `detail`, whose word ends at the first two blanks; one without is shown as a value.
  init(_ detail: String) {
    guard let gap = detail.firstRange(of: "  ") else {
      text = Excerpt(detail, limit: DetailLine.limit).text
      return
    }
    let word = Excerpt(String(detail[..<gap.lowerBound]), limit: DetailLine.column).text
    let value = Excerpt(String(detail[gap.upperBound...]), limit: DetailLine.limit).text
    let padding = String(repeating: " ", count: max(1, DetailLine.column - word.count))
    text = "\(word)\(padding)\(value)"
  }
}
