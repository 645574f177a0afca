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
  let index = marked.flatMap { state.threads.index(of: $0) } ?? 0
  let first = max(0, min(index - room / 2, entries.count - room))
  for (row, entry) in entries[first..<min(entries.count, first + room)].enumerated() {
    threadRow(
      entry, state, isSelected: focused && entry.thread.id == marked, area.row(row + 1), phrases,
      &canvas)
  }
}

private func threadRow(
  _ entry: ThreadList.Entry, _ state: ClientState, isSelected: Bool, _ area: Area,
  _ phrases: Phrases, _ canvas: inout Canvas
) {
  let id = entry.thread.id
  let isOpen = id == state.threads.open
  let isLoud = entry.isUnread && !isOpen && !entry.isMuted && entry.standing == .member
  canvas.line(
    isOpen ? "▌" : entry.isUnread ? "•" : " ", in: area, isOpen ? .accent : isLoud ? .unread : .dim)
  let tail = threadTail(entry, state, isLoud: isLoud, phrases)
  // A narrow list shows names first: they tell the threads apart.
  let showsTail = tail.columns > 0 && area.columns - tail.columns >= 12
  let room = Area(
    column: area.column, row: area.row,
    columns: area.columns - (showsTail ? tail.columns + 2 : 0), rows: area.rows)
  let isDim = entry.standing != .member || entry.isMuted
  let column = entry.isPinned ? canvas.line("▴ ", column: 2, in: room, .accent) : 2
  canvas.line(
    state.title(of: id), column: column, in: room, isLoud ? .unread : isDim ? .dim : .text,
    adding: isOpen ? .bold : [])
  if showsTail { canvas.line(tail, column: area.columns - tail.columns - 1, in: area) }
  if isSelected { canvas.restyle(area, .selected) }
  canvas.regions.append(
    Frame.Region(rectangle: Rectangle(area), target: ScreenTarget.name(of: id)))
}

/// What stands at the end of a thread's row: what failed in it, how the user stands to it, how many messages are unread.
private func threadTail(
  _ entry: ThreadList.Entry, _ state: ClientState, isLoud: Bool, _ phrases: Phrases
) -> [Piece] {
  var pieces: [Piece] = []
  if state.outbox[entry.thread.id].contains(where: \.isFailed) {
    pieces.append(Piece(phrases("failed"), .error))
  }
  switch entry.standing {
  case .member: if entry.isMuted { pieces.append(Piece(phrases("muted"), .dim)) }
  case .left: pieces.append(Piece(phrases("left"), .dim))
  case .removed: pieces.append(Piece(phrases("removed"), .dim))
  case .deleted: pieces.append(Piece(phrases("deleted"), .dim))
  }
  if entry.unreadCount > 0 {
    let count =
      entry.unreadCount > 999 ? "999+" : "\(entry.unreadCount)\(entry.hasMoreUnread ? "+" : "")"
    pieces.append(Piece(count, isLoud ? .unread : .dim))
  }
  return Array(pieces.map { [$0] }.joined(separator: [Piece(" ", .dim)]))
}
