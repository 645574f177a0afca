import ACSTypes
import Cells
import ClientModel
import Phrases
import TextLayout

/// The search: what is looked for, where, and the hits, newest first, with the words marked.
func searchPane(_ state: ClientState, _ phrases: Phrases, _ canvas: inout Canvas) {
  guard let search = state.search else { return }
  canvas.cursor = nil
  let title =
    search.thread.map { phrases("Search %", state.title(of: $0)) }
    ?? phrases("Search all messages")
  let area = box(columns: 100, rows: 40, title: title, state, &canvas)
  let inner = area.inset(columns: 2, rows: 1)
  guard inner.rows > 0 else { return }
  let label = canvas.line("/ ", in: inner, .composerPrompt)
  field(search.query, isActive: true, label: label, inner.row(0), &canvas)
  let top = inner.rows > 5 ? 2 : 1
  let list = Area(
    column: inner.column, row: inner.row + top, columns: inner.columns, rows: inner.rows - top)
  if let word = searchWord(search, phrases) { canvas.line([word], in: list) }
  guard search.problem == nil else { return }
  let first = max(0, min((search.selection ?? 0) - list.rows / 2, search.hits.count - list.rows))
  for (row, hit) in search.hits.dropFirst(first).prefix(max(0, list.rows)).enumerated() {
    hitRow(hit, search, isSelected: first + row == search.selection, state, list.row(row), &canvas)
  }
}

/// What there is to say instead of hits; `nil` when there are some.
private func searchWord(_ search: Search, _ phrases: Phrases) -> Piece? {
  if let problem = search.problem { return Piece(problem, .error) }
  guard search.hits.isEmpty else { return nil }
  if search.isLoading { return Piece(phrases("Searching…"), .dim) }
  return search.query.text.contains { !$0.isWhitespace }
    ? Piece(phrases("Nothing found."), .warning)
    : Piece(phrases("Type words; the last may be a beginning."), .dim)
}

/// `21 Nov 2026  Bob  Release room  the words around`; a narrow screen leaves the day and the thread out.
private func hitRow(
  _ hit: HistoryHit, _ search: Search, isSelected: Bool, _ state: ClientState, _ area: Area,
  _ canvas: inout Canvas
) {
  var column = 0
  if area.columns >= 50 {
    let time = CalendarTime(hit.message.createdOn + .seconds(state.settings.minutesFromUTC * 60))
    let date = "\(time.year)-\(twoDigits(time.month))-\(twoDigits(time.day))"
    column = canvas.line(date, in: area, .time) + 2
  }
  let name = state.name(
    of: hit.message.sender, in: hit.thread, given: hit.message.senderDisplayName)
  let isOwn = hit.message.sender == state.session.session?.identity
  let nameColumns = min(12, area.columns / 4)
  canvas.line(
    truncate(name, columns: nameColumns), column: column, in: area, isOwn ? .ownName : .otherName)
  column += nameColumns + 2
  if search.thread == nil, area.columns >= 70 {
    let thread = truncate(state.title(of: hit.thread), columns: 16)
    canvas.line(thread, column: column, in: area, .dim)
    column += 18
  }
  excerpt(hit, column: column, area, &canvas)
  if isSelected { canvas.restyle(area, .selected) }
}

private func excerpt(_ hit: HistoryHit, column: Int, _ area: Area, _ canvas: inout Canvas) {
  var column = column
  var offset = 0
  for mark in hit.marks where mark.lowerBound >= offset {
    let plain = hit.excerpt.dropFirst(offset).prefix(mark.lowerBound - offset)
    column = canvas.line(String(plain), column: column, in: area, .text)
    let found = hit.excerpt.dropFirst(mark.lowerBound).prefix(mark.count)
    column = canvas.line(String(found), column: column, in: area, .accent)
    offset = mark.upperBound
  }
  canvas.line(String(hit.excerpt.dropFirst(offset)), column: column, in: area, .text)
}
