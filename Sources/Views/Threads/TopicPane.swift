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
  let save = [Piece(key(.saveTopic, state), .keyHint), Piece(" \(phrases("saves"))   ", .dim)]
  let cancel = [
    Piece(key(.cancelRename, state), .keyHint), Piece(" \(phrases("keeps the old one"))", .dim),
  ]
  if (save + cancel).columns <= inner.columns {
    canvas.line(save + cancel, row: inner.rows - 1, in: inner)
  } else {
    canvas.line(save, row: inner.rows - 2, in: inner)
    canvas.line(cancel, row: inner.rows - 1, in: inner)
  }
}
