import Cells
import ACSTypes
import ClientModel
import Phrases
import TextLayout

/// The open thread's messages, newest at the bottom; what to do, when there is no thread.
func messageList(_ state: ClientState, _ area: Area, _ phrases: Phrases, _ canvas: inout Canvas) {
  guard state.threads.open != nil else {
    welcome(state, area, phrases, &canvas)
    return
  }
  let rows = state.visibleRows(in: area)
  if rows.isEmpty {
    let isLoaded = state.threads.open.flatMap { state.conversations[$0]?.isLoaded } ?? false
    let text = phrases(isLoaded ? "No messages yet. Write the first one." : "Reading messages…")
    canvas.line(" \(text)", row: area.rows - 1, in: area, .dim)
    return
  }
  let columns = MessageColumns(columns: area.columns)
  let top = area.rows - rows.count
  for (index, row) in rows.enumerated() {
    switch row {
    case .day(let day):
      dayRow(day, area.row(top + index), phrases, &canvas)
    case .gap(let isLoading):
      let text = isLoading ? "… messages are missing here, loading" : "… messages are missing here"
      canvas.line(" \(phrases(text))", in: area.row(top + index), .dim)
    case .message(let message):
      messageRow(message, columns, area.row(top + index), phrases, &canvas)
    }
  }
  if top > 0, state.threads.open.flatMap({ state.conversations[$0]?.hasBeginning }) == true {
    canvas.line(" \(phrases("The beginning of the thread."))", row: top - 1, in: area, .dim)
  }
}

private func messageRow(
  _ row: MessageRow, _ columns: MessageColumns, _ area: Area, _ phrases: Phrases,
  _ canvas: inout Canvas
) {
  var column = 1
  if columns.time > 0 {
    if let time = row.time {
      canvas.line(
        "\(twoDigits(time.hour)):\(twoDigits(time.minute))", column: column, in: area, .time)
    }
    column += columns.time
  }
  if columns.name > 0 {
    if let name = row.name {
      let cut = truncate(name, columns: columns.name)
      canvas.line(
        cut, column: column + columns.name - Columns.width(of: cut), in: area,
        row.isOwn ? .ownName : .otherName)
    }
    column += columns.name + 1
    canvas.line("│", column: column, in: area, .border)
    column += 2
  }
  let role: Role =
    switch row.kind {
    case .text: .text
    case .system: .systemText
    case .deleted: .dim
    }
  let end = canvas.line(
    row.text, column: column, in: area, role, adding: row.kind == .deleted ? .italic : [])
  mark(row.mark, column: end + 1, area, phrases, &canvas)
  if row.isSelected { canvas.restyle(area, .selected) }
}

private func mark(
  _ mark: MessageRow.Mark, column: Int, _ area: Area, _ phrases: Phrases, _ canvas: inout Canvas
) {
  switch mark {
  case .none: break
  case .edited: canvas.line(phrases("(edited)"), column: column, in: area, .dim)
  case .queued: canvas.line(phrases("waiting"), column: column, in: area, .warning)
  case .sending: canvas.line(phrases("sending"), column: column, in: area, .dim)
  case .failed(let reason):
    canvas.line(
      phrases("not sent: % (Alt-R again, Alt-T take back)", reason), column: column, in: area,
      .error)
  }
}

private func dayRow(_ day: Timestamp, _ area: Area, _ phrases: Phrases, _ canvas: inout Canvas) {
  let text = "── \(dayText(day, phrases)) "
  let end = canvas.line(text, column: 1, in: area, .border)
  if end < area.columns - 1 {
    canvas.line(
      String(repeating: "─", count: area.columns - 1 - end), column: end, in: area, .border)
  }
}

/// A date as people write it: `Saturday 21 November 2026`.
func dayText(_ day: Timestamp, _ phrases: Phrases) -> String {
  let time = CalendarTime(day)
  let weekdays = [
    "Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday",
  ]
  let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  let weekday = Int((day.seconds / 86_400 % 7 + 7) % 7)
  return
    "\(phrases(weekdays[weekday])) \(time.day) \(phrases(months[time.month - 1])) \(time.year)"
}
