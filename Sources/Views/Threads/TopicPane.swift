import Cells
import ClientModel
import Phrases
import TextLayout

/// The dialog that changes a thread's topic.
func topicPane(_ state: ClientState, _ phrases: Phrases, _ canvas: inout Canvas) {
  guard let change = state.renaming else { return }
  canvas.cursor = nil
  let area = box(columns: 60, rows: 6, title: phrases("The thread's topic"), state, &canvas)
  let inner = area.inset(columns: 2, rows: 1)
  field(change.topic, isActive: !change.isSaving, label: 0, inner.row(0), &canvas)
  if let problem = change.problem {
    canvas.line(problem, row: 1, in: inner, .error)
  } else if change.isSaving {
    canvas.line(phrases("Saving…"), row: 1, in: inner, .warning)
  }
  let keys = [
    Piece(key(.saveTopic, state), .keyHint), Piece(" \(phrases("saves"))   ", .dim),
    Piece(key(.cancelRename, state), .keyHint), Piece(" \(phrases("keeps the old one"))", .dim),
  ]
  canvas.line(keys, row: inner.rows - 1, in: inner)
}
