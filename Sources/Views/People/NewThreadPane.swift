import ACSTypes
import Cells
import ClientModel
import Phrases
import TextLayout

/// The dialog that makes a thread.
func newThreadPane(_ state: ClientState, _ phrases: Phrases, _ canvas: inout Canvas) {
  guard let dialog = state.newThread else { return }
  canvas.cursor = nil
  let area = box(columns: 64, rows: 18, title: phrases("New thread"), state, &canvas)
  let inner = area.inset(columns: 2, rows: 1)
  let label = max(Columns.width(of: phrases("Topic")), Columns.width(of: phrases("People"))) + 2
  canvas.line(phrases("Topic"), row: 0, in: inner, dialog.field == .topic ? .accent : .dim)
  field(dialog.topic, isActive: dialog.field == .topic, label: label, inner.row(0), &canvas)
  canvas.line(phrases("People"), row: 1, in: inner, dialog.field == .people ? .accent : .dim)
  field(dialog.search, isActive: dialog.field == .people, label: label, inner.row(1), &canvas)
  var row = 2
  for person in dialog.chosen {
    canvas.line("✓ \(personName(person))", column: label, row: row, in: inner, .success)
    row += 1
  }
  if let problem = dialog.problem {
    canvas.line(problem, row: row, in: inner, .error)
    row += 1
  }
  if dialog.isCreating {
    canvas.line(phrases("Making the thread…"), row: row, in: inner, .warning)
    return
  }
  if !dialog.chosen.isEmpty, dialog.search.isEmpty, dialog.selection == nil {
    canvas.line(phrases("Enter makes the thread."), column: label, row: row, in: inner, .accent)
    row += 1
  }
  row += 1
  let rest = Area(
    column: inner.column, row: inner.row + row, columns: inner.columns, rows: inner.rows - row)
  foundPeople(dialog, rest, phrases, &canvas)
}

func field(
  _ text: Composer, isActive: Bool, label: Int, _ area: Area, _ canvas: inout Canvas
) {
  let room = Area(
    column: area.column + label, row: area.row, columns: area.columns - label, rows: area.rows)
  guard room.columns > 1, room.rows > 0 else { return }
  // The end of what stands before the cursor stays in sight.
  var before = text.characters[..<text.cursor]
  while Columns.width(of: String(before)) > room.columns - 1 { before.removeFirst() }
  let shown = String(before) + String(text.characters[text.cursor...])
  canvas.line(shown, in: room, .composer)
  if isActive {
    canvas.cursor = Point(
      column: room.column + Columns.width(of: String(before)), row: room.row)
  }
}

private func foundPeople(
  _ dialog: NewThread, _ area: Area, _ phrases: Phrases, _ canvas: inout Canvas
) {
  guard dialog.field == .people else {
    canvas.line(phrases("Enter goes on to the people."), in: area, .dim)
    return
  }
  if dialog.found.isEmpty, !dialog.isSearching {
    canvas.line(
      phrases("Nobody found. Paste an id that begins with 8:acs:"), in: area, .dim)
    return
  }
  let first = max(0, min((dialog.selection ?? 0) - area.rows / 2, dialog.found.count - area.rows))
  for (row, person) in dialog.found.dropFirst(first).prefix(area.rows).enumerated() {
    let isSelected = first + row == dialog.selection
    let end = canvas.line(
      (isSelected ? "▸ " : "  ") + personName(person), row: row, in: area,
      isSelected ? .accent : .text)
    canvas.line(person.identifier.shortForm, column: end + 2, row: row, in: area, .dim)
  }
}
