import Cells
import ClientModel
import Phrases

/// What lies over the main screen.
func pane(_ state: ClientState, _ phrases: Phrases, _ canvas: inout Canvas) {
  switch state.interface.pane {
  case nil: break
  case .help:
    textPane(phrases("Keys"), helpLines(state, phrases), state, &canvas)
  case .tokenFlow:
    textPane(phrases("Token flow"), tokenFlowLines(state, phrases), state, &canvas)
  case .signIn:
    textPane(phrases("Sign in"), signInLines(state, phrases), state, &canvas)
  case .calls:
    textPane(phrases("Calls"), callLines(state, phrases), state, &canvas)
  case .identity:
    textPane(phrases("Who I am"), identityLines(state, phrases), state, &canvas)
  case .newThread:
    newThreadPane(state, phrases, &canvas)
  case .search:
    searchPane(state, phrases, &canvas)
  case .callChoice:
    textPane(phrases("Call whom?"), choiceLines(state, phrases), state, &canvas)
  case .people:
    peoplePane(state, phrases, &canvas)
  case .rename:
    topicPane(state, phrases, &canvas)
  case .question(let question):
    textPane(
      questionTitle(question, state, phrases), questionLines(question, state, phrases), state,
      &canvas)
  }
}

/// A bordered box over the middle of the screen with lines that can be scrolled; large panes take the screen's size.
private func textPane(
  _ title: String, _ lines: [[Piece]], _ state: ClientState, _ canvas: inout Canvas
) {
  canvas.cursor = nil
  let widest = max(lines.map(\.columns).max() ?? 0, title.count + 4)
  let room = state.viewport.columns - 4
  let lines = widest > room ? lines.flatMap { $0.wrapped(columns: room) } : lines
  let area = box(columns: widest + 4, rows: lines.count + 2, title: title, state, &canvas)
  let inner = area.inset(columns: 2, rows: 1)
  let first = max(0, min(state.interface.paneScroll, lines.count - inner.rows))
  for (row, line) in lines.dropFirst(first).prefix(inner.rows).enumerated() {
    canvas.line(line, row: row, in: inner)
  }
  if first > 0 { canvas.line("▲", column: area.columns - 2, row: 0, in: area, .accent) }
  if first + inner.rows < lines.count {
    canvas.line("▼", column: area.columns - 2, row: area.rows - 1, in: area, .accent)
  }
}

/// Draws an empty box of at most the screen's size and gives its area, border included.
func box(
  columns: Int, rows: Int, title: String, _ state: ClientState, _ canvas: inout Canvas
) -> Area {
  let columns = min(columns, state.viewport.columns)
  let hintRows = state.viewport.rows >= 10 ? 1 : 0
  let rows = min(rows, state.viewport.rows - hintRows)
  let area = Area(
    column: (state.viewport.columns - columns) / 2,
    row: max(0, (state.viewport.rows - hintRows - rows) / 2), columns: columns, rows: rows)
  canvas.fill(area, .text)
  guard area.columns >= 2, area.rows >= 2 else { return area }
  let bar = String(repeating: "─", count: area.columns - 2)
  canvas.line("╭\(bar)╮", in: area, .border)
  for row in 1..<(area.rows - 1) {
    canvas.line("│", row: row, in: area, .border)
    canvas.line("│", column: area.columns - 1, row: row, in: area, .border)
  }
  canvas.line("╰\(bar)╯", row: area.rows - 1, in: area, .border)
  let room = Area(
    column: area.column + 2, row: area.row, columns: area.columns - 4, rows: area.rows)
  canvas.line(" \(title) ", in: room, .accent)
  return area
}
