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
    case .unread:
      unreadRow(area.row(top + index), phrases, &canvas)
    case .readers(let names, let isEverybody):
      let text =
        isEverybody
        ? phrases("read by everybody") : phrases("read by %", names.joined(separator: ", "))
      sideRow([Piece("✓ \(text)", .dim)], columns, area.row(top + index), &canvas)
    case .failure(let reason):
      sideRow([Piece(reason, .error)], columns, area.row(top + index), &canvas)
    case .remedy:
      sideRow(remedy(state, phrases), columns, area.row(top + index), &canvas)
    }
  }
  if let due = state.olderMessagesDueOn(in: area) {
    let row = area.row(max(0, top - 1))
    canvas.fill(row, .text)
    let seconds = String(wholeSeconds(until: due, from: state.now))
    canvas.line(" \(phrases("Older messages in % s.", seconds))", in: row, .dim)
    return
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
    case .attachment: .link
    }
  let end = canvas.line(
    row.text, column: column, in: area, role, adding: row.kind == .deleted ? .italic : [])
  let isOutgoing = if case .outbox = row.key { true } else { false }
  mark(row.mark, isOutgoing: isOutgoing, column: end + 1, area, phrases, &canvas)
  if row.isSelected { canvas.restyle(area, .selected) }
}

/// A row that belongs to the message above and stands below its text.
private func sideRow(
  _ pieces: [Piece], _ columns: MessageColumns, _ area: Area, _ canvas: inout Canvas
) {
  var column = 1 + columns.time
  if columns.name > 0 {
    canvas.line("│", column: column + columns.name + 1, in: area, .border)
    column += columns.name + 3
  }
  canvas.line(pieces, column: column, in: area)
}

private func remedy(_ state: ClientState, _ phrases: Phrases) -> [Piece] {
  [
    Piece(key(.retryFailedMessage, state), .keyHint), Piece(" \(phrases("tries again"))  ", .dim),
    Piece(key(.takeBackFailedMessage, state), .keyHint),
    Piece(" \(phrases("takes it back"))", .dim),
  ]
}

/// `── new ────`: where the person left off.
private func unreadRow(_ area: Area, _ phrases: Phrases, _ canvas: inout Canvas) {
  let end = canvas.line("── \(phrases("new")) ", column: 1, in: area, .unread)
  let rest = max(0, area.columns - 1 - end)
  canvas.line(String(repeating: "─", count: rest), column: end, in: area, .unread)
}

private func mark(
  _ mark: MessageRow.Mark, isOutgoing: Bool, column: Int, _ area: Area, _ phrases: Phrases,
  _ canvas: inout Canvas
) {
  switch mark {
  case .none: break
  case .edited: canvas.line(phrases("(edited)"), column: column, in: area, .dim)
  case .queued: canvas.line("(\(phrases("waiting")))", column: column, in: area, .warning)
  case .sending: canvas.line("(\(phrases("sending")))", column: column, in: area, .dim)
  case .deleting: canvas.line("(\(phrases("to be deleted")))", column: column, in: area, .warning)
  case .failed:
    canvas.line(
      "(\(phrases(isOutgoing ? "not sent" : "not changed")))", column: column, in: area, .error)
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
