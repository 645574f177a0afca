import ACSTypes
import Cells
import ClientModel
import Phrases

/// The list of threads, the selected one always in sight.
func threadList(_ state: ClientState, _ area: Area, _ phrases: Phrases, _ canvas: inout Canvas) {
  guard area.rows > 0 else { return }
  let entries = state.threads.entries
  let focused = state.interface.focus == .threads && state.interface.pane == nil
  canvas.line(
    " \(phrases("Threads"))", in: area, focused ? .accent : .dim)
  guard !entries.isEmpty else {
    if state.threads.isLoaded { canvas.line(" \(phrases("none yet"))", row: 1, in: area, .dim) }
    return
  }
  let room = area.rows - 1
  guard room > 0 else { return }
  let marked = focused ? state.threads.selected : state.threads.open
  let index = entries.firstIndex { $0.thread.id == marked } ?? 0
  let first = max(0, min(index - room / 2, entries.count - room))
  for (row, entry) in entries[first..<min(entries.count, first + room)].enumerated() {
    threadRow(
      entry, state, isSelected: focused && entry.thread.id == marked, area.row(row + 1), &canvas)
  }
}

private func threadRow(
  _ entry: ThreadList.Entry, _ state: ClientState, isSelected: Bool, _ area: Area,
  _ canvas: inout Canvas
) {
  let isOpen = entry.thread.id == state.threads.open
  let mark = isOpen ? "▌" : entry.isUnread ? "•" : " "
  canvas.line(mark, in: area, entry.isUnread && !isOpen ? .unread : .accent)
  let role: Role = entry.isUnread && !isOpen ? .unread : .text
  canvas.line(
    topicText(entry.thread), column: 2, in: area, role, adding: isOpen ? .bold : [])
  if isSelected { canvas.restyle(area, .selected) }
  canvas.regions.append(
    Frame.Region(
      rectangle: Rectangle(area), target: ScreenTarget.name(of: entry.thread.id)))
}

/// A thread's topic, or its id when it has none.
func topicText(_ thread: ChatThread) -> String {
  thread.topic.isEmpty ? thread.id.rawValue : thread.topic
}
