import Cells
import ClientModel
import Phrases
import TextLayout

/// The text being written, the row of the cursor always in sight.
func composer(_ state: ClientState, _ area: Area, _ phrases: Phrases, _ canvas: inout Canvas) {
  if let reason = state.readOnlyReason {
    let isRoomy = Columns.width(of: reason) < area.columns
    canvas.line(
      " \(isRoomy ? phrases(reason) : phrases("read-only"))", in: area, .dim, adding: .italic)
    return
  }
  let prompt = ScreenLayout.promptColumns
  let layout = ComposerLayout(state.composer, columns: area.columns - prompt)
  let first = max(0, layout.cursorRow - area.rows + 1)
  canvas.line(
    state.composer.editing == nil ? "> " : "✎ ", in: area, .composerPrompt)
  for row in 0..<min(area.rows, layout.rows.count - first) {
    let cut = layout.rows[first + row]
    canvas.grid.write(
      String(state.composer.characters[cut.start..<cut.end]),
      at: Point(column: area.column + prompt, row: area.row + row), in: Rectangle(area),
      style: canvas.theme[.composer], width: Columns.width(of:))
  }
  if state.composer.isEmpty, area.columns > 30 {
    canvas.line(phrases("Write a message"), column: prompt, in: area, .dim)
  }
  if state.interface.focus == .composer, state.interface.pane == nil {
    canvas.cursor = Point(
      column: area.column + prompt + layout.cursorColumn,
      row: area.row + layout.cursorRow - first)
  }
  canvas.regions.append(
    Frame.Region(rectangle: Rectangle(area), target: ScreenTarget.composer))
}
