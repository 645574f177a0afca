import Cells
import ClientModel

/// A part of the screen that a snapshot leaves out, by its role.
enum SnapshotMask: String, CaseIterable, Sendable {
  /// Times of day, days, countdowns and how long the token lives.
  case clock
  /// The top line.
  case header
  /// The lines about trouble and calls.
  case banner
  /// The list of threads.
  case threads
  /// The open thread's topic and people.
  case title
  /// The messages.
  case messages
  /// The line above the composer, which tells who types.
  case typing
  /// The text being written.
  case composer
  /// The bottom line: keys, or news.
  case hints

  /// What it leaves out, for the reference.
  var meaning: String {
    switch self {
    case .clock: "times of day, days, countdowns, how long the token lives"
    case .header: "the top line"
    case .banner: "the lines about trouble and calls"
    case .threads: "the list of threads"
    case .title: "the open thread's topic and people"
    case .messages: "the messages"
    case .typing: "the line above the composer, which tells who types"
    case .composer: "the text being written"
    case .hints: "the bottom line: keys, or news"
    }
  }

  /// Where it is on a screen.
  func parts(of frame: Frame, _ state: ClientState) -> [Rectangle] {
    let layout = ScreenLayout(state)
    let area: Area?
    switch self {
    case .clock: return ClockText.parts(of: frame, layout)
    case .header: area = layout.header
    case .banner: area = layout.banner
    case .threads: area = layout.threads
    case .title: area = layout.title
    case .messages: area = layout.messages
    case .typing: area = layout.rule
    case .composer: area = layout.composer
    case .hints: area = layout.hints
    }
    guard let area else { return [] }
    return [
      Rectangle(column: area.column, row: area.row, columns: area.columns, rows: area.rows)
    ]
  }
}

/// Finds what tells of time on a screen.
private enum ClockText {
  static func parts(of frame: Frame, _ layout: ScreenLayout) -> [Rectangle] {
    var parts: [Rectangle] = []
    for (number, row) in frame.grid.rows.enumerated() {
      if let messages = layout.messages, isDay(row, number, messages) {
        parts.append(
          Rectangle(column: messages.column, row: number, columns: messages.columns, rows: 1))
        continue
      }
      // What is right of the token's life moves with its length, and so does what is left of it.
      let cells = row.enumerated().filter { !$0.element.isContinuation }
      let text = String(cells.map(\.element.character))
      for match in text.matches(of: pattern) {
        let start = text.distance(from: text.startIndex, to: match.range.lowerBound)
        let end = text.distance(from: text.startIndex, to: match.range.upperBound)
        let column = cells[start].offset
        let last = cells[end - 1]
        parts.append(
          Rectangle(
            column: column, row: number, columns: last.offset + last.element.width - column,
            rows: 1))
      }
    }
    return parts
  }

  private static var pattern: Regex<Substring> {
    /[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|[0-9]+h [0-9]{2}m|[0-9]+m [0-9]{2}s|\b[0-9]+ ?[sm]\b/
  }

  /// `── Saturday 21 November 2026 ────`.
  private static func isDay(_ row: [Cell], _ number: Int, _ area: Area) -> Bool {
    guard (area.row..<(area.row + area.rows)).contains(number) else { return false }
    let text = String(row.dropFirst(area.column).prefix(area.columns).map(\.character)).trimmed
    return text.hasPrefix("── ") && text.hasSuffix(" ──────")
  }
}
