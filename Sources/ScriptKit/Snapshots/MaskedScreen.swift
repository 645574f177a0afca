import Cells
import ClientModel
import Views

/// Where on a screen that what masks look for is to be seen: on the main screen and in the pane that lies over it.
struct MaskedScreen {
  let layout: ScreenLayout
  private let frame: Frame
  private let state: ClientState
  private var kind: Interface.Pane? { state.interface.pane }
  /// The pane with its border; `nil` when there is none.
  private let pane: Rectangle?

  init(_ frame: Frame, _ state: ClientState) {
    self.frame = frame
    self.state = state
    layout = ScreenLayout(state)
    // The smallest screens have no room for its border: it is all that one sees there.
    pane = state.interface.pane == nil ? nil : frame.middleBox ?? Rectangle(frame.grid.size)
  }

  /// What is to be seen of a part of the main screen; nothing of a part that is not there.
  func visible(_ area: Area?) -> [Rectangle] {
    guard let area, area.columns > 0, area.rows > 0 else { return [] }
    return visible(Rectangle(area))
  }

  private func visible(_ part: Rectangle) -> [Rectangle] {
    guard let pane, !part.intersection(pane).isEmpty else { return [part] }
    return part.rows.flatMap { row -> [Rectangle] in
      guard pane.rows.contains(row) else { return [part.row(row - part.origin.row)] }
      let (start, end) = (part.columns.lowerBound, part.columns.upperBound)
      let (left, right) = (pane.columns.lowerBound, pane.columns.upperBound)
      return [(start, min(left, end)), (max(right, start), end)].filter { $0 < $1 }.map {
        from, to in
        Rectangle(column: from, row: row, columns: to - from, rows: 1)
      }
    }
  }

  /// What the pane says, within its border.
  private var inner: Rectangle? { pane?.inset(columns: 2, rows: 1) }

  // MARK: - Times

  /// What tells of time.
  ///
  /// What people wrote is no clock, in the composer, in topics and in hits.
  var times: [Rectangle] {
    let times = [layout.header, layout.banner, layout.rule, layout.hints].flatMap(visible)
      .flatMap { frame.findings(in: $0, TimeText.any) }
    return times + timesOfMessages + days + timesInPane
  }

  /// Where the times of messages stand, also where there is none, as the message before is of the same minute.
  private var timesOfMessages: [Rectangle] {
    guard let area = layout.messages else { return [] }
    let columns = MessageColumns(columns: area.columns).time
    let rows = state.visibleRows(in: area)
    let top = area.row + area.rows - rows.count
    // What tells how long older messages take lies over the topmost row.
    let held = state.olderMessagesDueOn(in: area).map { _ in max(area.row, top - 1) }
    let countdown = visible(
      held.map { Area(column: area.column, row: $0, columns: area.columns, rows: 1) }
    )
    .flatMap { frame.findings(in: $0, TimeText.any) }
    return countdown
      + rows.enumerated().flatMap { index, row -> [Rectangle] in
        guard case .message(let message) = row, message.line == 0, top + index != held else {
          return []
        }
        return visible(
          Area(column: area.column + 1, row: top + index, columns: columns - 1, rows: 1))
      }
  }

  private var timesInPane: [Rectangle] {
    guard let inner else { return [] }
    switch kind {
    case .search:
      return frame.findings(in: inner.split(left: 10).left, TimeText.date)
    case nil, .newThread, .callChoice, .rename, .question: return []
    case .help, .tokenFlow, .signIn, .calls, .identity, .people:
      return frame.findings(in: inner, TimeText.any)
    }
  }

  /// The lines between the messages of two days: `── Saturday 21 November 2026 ────`.
  private var days: [Rectangle] {
    guard let area = layout.messages else { return [] }
    return (area.row..<(area.row + area.rows)).flatMap { number -> [Rectangle] in
      let parts = visible(Area(column: area.column, row: number, columns: area.columns, rows: 1))
      let text = parts.map { frame.text(row: number, $0.columns) }.joined().trimmed
      let isWhole = parts.count == 1 && parts[0].size.columns == area.columns
      guard let first = parts.first, first.origin.column == area.column,
        text.hasPrefix("── "), text.hasSuffix("──") || !isWhole,
        text.contains(where: \.isNumber) || !isWhole
      else { return [] }
      return parts
    }
  }

  // MARK: - Ids

  /// Ids and their ends; in the pane, which shows them whole, also where they go on in the next row.
  var ids: [Rectangle] {
    visible(Rectangle(frame.grid.size)).flatMap { frame.findings(in: $0, IDText.any) } + idsInPane
  }

  private var idsInPane: [Rectangle] {
    guard let inner else { return [] }
    var ids: [Rectangle] = []
    var goesOn = false
    for number in inner.rows {
      let row = inner.row(number - inner.origin.row)
      if goesOn, IDText.isRest(frame.text(row: number, inner.columns).trimmed) {
        ids.append(row)
        continue
      }
      let found = frame.findings(in: row, IDText.any)
      ids += found
      goesOn =
        found.last.map { last in
          let rest = last.columns.upperBound..<inner.columns.upperBound
          return frame.text(row: number, rest).trimmed.isEmpty
        } ?? false
    }
    return ids
  }
}

extension Frame {
  /// The box of lines over the middle of the screen, as panes have one.
  fileprivate var middleBox: Rectangle? {
    let size = grid.size
    func shows(_ character: Character, _ column: Int, _ row: Int) -> Bool {
      grid.rows[row][column].character == character
    }
    for top in 0..<size.rows {
      for left in 0..<(size.columns / 2) where shows("╭", left, top) {
        // In the middle: to the right there is as much room, or a column more.
        for right in [size.columns - 1 - left, size.columns - 2 - left]
        where right > left && shows("╮", right, top) {
          let bottom = (top + 1..<size.rows).first {
            !shows("│", left, $0) || !shows("│", right, $0)
          }
          guard let bottom, shows("╰", left, bottom), shows("╯", right, bottom) else { continue }
          return Rectangle(
            column: left, row: top, columns: right + 1 - left, rows: bottom + 1 - top)
        }
      }
    }
    return nil
  }
}
