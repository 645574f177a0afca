import ACSTypes
import Cells
import ClientModel
import Phrases
import TextLayout

/// Who is in the thread and how far each has read; a name typed finds somebody to add.
func peoplePane(_ state: ClientState, _ phrases: Phrases, _ canvas: inout Canvas) {
  guard let pane = state.people else { return }
  canvas.cursor = nil
  let members = state.members(of: pane.thread)
  let title = phrases("People of %", state.title(of: pane.thread))
  let rows = max(members.count, 6) + 6
  let area = box(columns: 64, rows: rows, title: title, state, &canvas)
  let inner = area.inset(columns: 2, rows: 1)
  let label = Columns.width(of: phrases("Add")) + 2
  canvas.line(phrases("Add"), in: inner, .accent)
  field(pane.search, isActive: !pane.isChanging, label: label, inner.row(0), &canvas)
  if pane.search.isEmpty, !pane.isChanging {
    canvas.line(phrases("Type a name or paste an id"), column: label, in: inner, .dim)
  }
  let top = inner.rows > 4 ? 2 : 1
  let notice = peopleNotice(pane, phrases)
  if let notice { canvas.line([notice], row: 1, in: inner) }
  let first = notice == nil ? top : max(top, 2)
  let rest = Area(
    column: inner.column, row: inner.row + first, columns: inner.columns,
    rows: inner.rows - first)
  if pane.search.isEmpty {
    memberRows(members, pane, state, rest, phrases, &canvas)
  } else {
    foundRows(pane, rest, phrases, &canvas)
  }
}

private func peopleNotice(_ pane: ThreadPeople, _ phrases: Phrases) -> Piece? {
  if let problem = pane.problem { return Piece(problem, .error) }
  return pane.isChanging ? Piece(phrases("One moment…"), .warning) : nil
}

private func memberRows(
  _ members: [ChatParticipant], _ pane: ThreadPeople, _ state: ClientState, _ area: Area,
  _ phrases: Phrases, _ canvas: inout Canvas
) {
  guard !members.isEmpty else {
    canvas.line(phrases("Reading who is in it…"), in: area, .dim)
    return
  }
  let first = firstRow(pane.selection, of: members.count, in: area)
  for (row, member) in members.dropFirst(first).prefix(max(0, area.rows)).enumerated() {
    let isSelected = first + row == pane.selection
    let person = member.identifier
    let end = canvas.line(
      (isSelected ? "▸ " : "  ") + state.name(of: person, in: pane.thread), row: row, in: area,
      isSelected ? .accent : .text)
    let fact = memberFact(person, pane.thread, state, phrases)
    canvas.line(
      "\(person.shortForm)  \(fact)", column: end + 2, row: row, in: area, .dim)
  }
}

/// What is known of a member: that it is the user, or how far they have read.
private func memberFact(
  _ person: CommunicationIdentifier, _ thread: ChatThreadID, _ state: ClientState,
  _ phrases: Phrases
) -> String {
  if person == state.session.session?.identity { return phrases("you") }
  guard let conversation = state.conversations[thread],
    let receipt = conversation.receipts[person]
  else { return "" }
  if let newest = conversation.messages.last, receipt.messageID.place >= newest.id.place {
    return phrases("has read everything")
  }
  let time = CalendarTime(receipt.readOn + .seconds(state.settings.minutesFromUTC * 60))
  return phrases("last read at %", "\(twoDigits(time.hour)):\(twoDigits(time.minute))")
}

private func foundRows(
  _ pane: ThreadPeople, _ area: Area, _ phrases: Phrases, _ canvas: inout Canvas
) {
  guard !pane.found.isEmpty else {
    let text = pane.isSearching ? "Searching…" : "Nobody found. Paste an id that begins with 8:acs:"
    canvas.line(phrases(text), in: area, .dim)
    return
  }
  let first = firstRow(pane.selection, of: pane.found.count, in: area)
  for (row, person) in pane.found.dropFirst(first).prefix(max(0, area.rows)).enumerated() {
    let isSelected = first + row == pane.selection
    let end = canvas.line(
      (isSelected ? "▸ " : "  ") + personName(person), row: row, in: area,
      isSelected ? .accent : .text)
    canvas.line(person.identifier.shortForm, column: end + 2, row: row, in: area, .dim)
  }
}

/// The first row of a list that keeps the selection in sight.
private func firstRow(_ selection: Int, of count: Int, in area: Area) -> Int {
  max(0, min(selection - area.rows / 2, count - area.rows))
}
