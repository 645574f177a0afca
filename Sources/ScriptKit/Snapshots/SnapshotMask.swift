import Cells
import ClientModel

/// A part of the screen that a snapshot leaves out, by its role.
public enum SnapshotMask: String, CaseIterable, Sendable {
  /// Times of day, days, countdowns and how long the token lives.
  case clock
  /// The ends of ids, which stand for people without a name and in the top line.
  case ids
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
  public var meaning: String {
    switch self {
    case .clock: "times of day, days, countdowns, how long the token lives"
    case .ids: "ids and their ends, as chance makes them"
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
    case .ids: return frame.parts { _, _ in /…[0-9a-f]{8}|8:acs:[0-9a-f_-]+|19:[\w-]+@thread\.v2/ }
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
    var days: [Rectangle] = []
    if let area = layout.messages {
      for number in area.row..<(area.row + area.rows) where isDay(frame, number, area) {
        days.append(Rectangle(column: area.column, row: number, columns: area.columns, rows: 1))
      }
    }
    // What people wrote is no clock, in the composer and in topics: of a message's row only the first column tells its time.
    return days
      + frame.parts { row, column in
        if isIn(layout.composer, row, column) || isIn(layout.title, row, column)
          || isIn(layout.threads, row, column)
        {
          return nil
        }
        guard let area = layout.messages, isIn(area, row, column) else { return elsewhere }
        return column < area.column + 7 ? timeOfDay : nil
      }
  }

  private static func isIn(_ area: Area?, _ row: Int, _ column: Int) -> Bool {
    guard let area else { return false }
    return (area.row..<(area.row + area.rows)).contains(row)
      && (area.column..<(area.column + area.columns)).contains(column)
  }

  private static var timeOfDay: Regex<Substring> { /[0-9]{1,2}:[0-9]{2}/ }

  private static var elsewhere: Regex<Substring> {
    /[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|[0-9]+h [0-9]{2}m|[0-9]+m [0-9]{2}s|\b[0-9]+ ?[sm]\b/
  }

  /// `── Saturday 21 November 2026 ────`.
  private static func isDay(_ frame: Frame, _ number: Int, _ area: Area) -> Bool {
    let one = Area(column: area.column, row: number, columns: area.columns, rows: 1)
    guard let text = frame.rows(in: one).first else { return false }
    return text.hasPrefix("── ") && text.hasSuffix("──") && text.contains { $0.isNumber }
  }
}

extension Frame {
  /// Where something is found that `pattern` looks for, which it gives for the row and column of a finding; `nil` for
  /// findings that do not count.
  fileprivate func parts(
    _ pattern: (_ row: Int, _ column: Int) -> Regex<Substring>?
  ) -> [Rectangle] {
    var parts: [Rectangle] = []
    for (number, row) in grid.rows.enumerated() {
      let cells = row.enumerated().filter { !$0.element.isContinuation }
      let text = String(cells.map(\.element.character))
      var start = text.startIndex
      while start < text.endIndex {
        let place = text.distance(from: text.startIndex, to: start)
        guard cells.indices.contains(place) else { break }
        guard let pattern = pattern(number, cells[place].offset),
          let match = text[start...].prefixMatch(of: pattern), !match.output.isEmpty
        else {
          start = text.index(after: start)
          continue
        }
        let last = cells[place + match.output.count - 1]
        parts.append(
          Rectangle(
            column: cells[place].offset, row: number,
            columns: last.offset + last.element.width - cells[place].offset, rows: 1))
        start = match.range.upperBound
      }
    }
    return parts
  }
}
