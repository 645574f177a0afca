import Cells
import ACSTypes
import ClientModel
import Phrases
import TextLayout

/// The open thread's topic and who is in it.
func threadTitle(_ state: ClientState, _ area: Area, _ phrases: Phrases, _ canvas: inout Canvas) {
  guard let entry = state.openEntry else { return }
  let end = canvas.line(" \(topicText(entry.thread))", in: area, .text, adding: .bold)
  let me = state.session.session?.identity
  let people = state.conversations[entry.thread.id]?.participants ?? []
  let others = people.filter { $0.identifier != me }
  guard !others.isEmpty else { return }
  let names = others.map { person in
    if let name = person.displayName, !name.isEmpty { return name }
    return person.identifier.shortForm
  }
  let text = phrases("with %", names.joined(separator: ", "))
  if end + 3 < area.columns { canvas.line(text, column: end + 2, in: area, .dim) }
}
