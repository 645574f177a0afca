import ACSTypes
import Cells
import ClientModel
import Phrases
import TextLayout

/// The search: what is looked for, where, and the hits, newest first.
func searchPane(_ state: ClientState, _ phrases: Phrases, _ canvas: inout Canvas) {
  guard let search = state.search else { return }
  canvas.cursor = nil
  let title = phrases(search.thread == nil ? "Search all messages" : "Search this thread")
  let area = box(
    columns: 76, rows: max(12, state.viewport.rows - 4), title: title, state, &canvas)
  let inner = area.inset(columns: 2, rows: 1)
  guard inner.rows > 2 else { return }
  let before = String(search.query.characters[..<search.query.cursor].suffix(inner.columns - 4))
  let after = String(search.query.characters[search.query.cursor...])
  canvas.line("/ \(before)\(after)", in: inner, .composer)
  canvas.cursor = Point(
    column: inner.column + 2 + Columns.width(of: before), row: inner.row)
  let list = Area(
    column: inner.column, row: inner.row + 2, columns: inner.columns, rows: inner.rows - 2)
  if let problem = search.problem {
    canvas.line(problem, in: list, .error)
  } else if search.hits.isEmpty, !search.query.isEmpty {
    canvas.line(phrases(search.isLoading ? "Searching…" : "Nothing found."), in: list, .dim)
  }
  let first = max(0, min((search.selection ?? 0) - list.rows / 2, search.hits.count - list.rows))
  for (row, hit) in search.hits.dropFirst(first).prefix(list.rows).enumerated() {
    hitRow(hit, isSelected: first + row == search.selection, state, list.row(row), &canvas)
  }
}

private func hitRow(
  _ hit: HistoryHit, isSelected: Bool, _ state: ClientState, _ area: Area,
  _ canvas: inout Canvas
) {
  let time = CalendarTime(hit.message.createdOn + .seconds(state.settings.minutesFromUTC * 60))
  let date = "\(time.year)-\(twoDigits(time.month))-\(twoDigits(time.day))"
  var column = canvas.line(date, in: area, .time) + 1
  let name = state.name(
    of: hit.message.sender, in: hit.thread, given: hit.message.senderDisplayName)
  column = canvas.line(truncate(name, columns: 12), column: column, in: area, .otherName) + 1
  var offset = 0
  for mark in hit.marks where mark.lowerBound >= offset {
    let plain = hit.excerpt.dropFirst(offset).prefix(mark.lowerBound - offset)
    column = canvas.line(String(plain), column: column, in: area, .text)
    let found = hit.excerpt.dropFirst(mark.lowerBound).prefix(mark.count)
    column = canvas.line(String(found), column: column, in: area, .accent)
    offset = mark.upperBound
  }
  canvas.line(String(hit.excerpt.dropFirst(offset)), column: column, in: area, .text)
  if isSelected { canvas.restyle(area, .selected) }
}
