import Cells
import ACSTypes
import ClientModel
import Phrases
import TextLayout

/// The open thread's topic and who is in it.
func threadTitle(_ state: ClientState, _ area: Area, _ phrases: Phrases, _ canvas: inout Canvas) {
  guard let entry = state.openEntry else { return }
  let end = canvas.line(" \(state.title(of: entry.thread.id))", in: area, .text, adding: .bold)
  if ScreenLayout(state).rule == nil, let text = typingText(state, phrases) {
    canvas.line(text, column: end + 2, in: area, .accent)
    return
  }
  let me = state.session.session?.identity
  let people = state.conversations[entry.thread.id]?.participants ?? []
  let others = people.filter { $0.identifier != me }
  guard !others.isEmpty else { return }
  // Without a topic the names are the title.
  guard !entry.thread.topic.isEmpty else { return }
  let names = others.map { state.name(of: $0.identifier, in: entry.thread.id) }
  let text = phrases("with %", names.joined(separator: ", "))
  if end + 3 < area.columns { canvas.line(text, column: end + 2, in: area, .dim) }
}
