public import ACSTypes

/// What the person does to a thread as a whole: pin, mute, leave, forget.
extension ClientState {
  /// The thread that commands mean: the selected one while the list has the focus, else the open one.
  public var targetThread: ChatThreadID? {
    interface.focus == .threads ? threads.selected ?? threads.open : threads.open
  }

  mutating func togglePin(_ turn: inout Turn) {
    guard let id = targetThread, let entry = threads.entry(id) else { return }
    threads.pin(id, !entry.isPinned)
    keepThread(id)
    say(.information("\(title(of: id)): \(entry.isPinned ? "no longer pinned" : "pinned")."), &turn)
  }

  mutating func toggleThreadMute(_ turn: inout Turn) {
    guard let id = targetThread, let entry = threads.entry(id) else { return }
    threads.mute(id, !entry.isMuted)
    keepThread(id)
    say(.information("\(title(of: id)): \(entry.isMuted ? "no longer muted" : "muted")."), &turn)
  }

  mutating func askToLeave(_ turn: inout Turn) {
    guard let id = targetThread, let entry = threads.entry(id) else { return }
    interface.pane = .question(entry.standing == .member ? .leave(id) : .forget(id))
  }

  mutating func askToForget(_ turn: inout Turn) {
    guard let id = targetThread, let entry = threads.entry(id) else { return }
    guard entry.standing != .member else {
      let chord = keyMap.chords(of: .leaveThread).first ?? "M-x"
      say(
        .failure("You are in this thread; \(keyText(chord)) leaves it."), &turn
      )
      return
    }
    interface.pane = .question(.forget(id))
  }

  mutating func leave(_ id: ChatThreadID, _ turn: inout Turn) {
    guard let me, threads.entry(id)?.standing == .member else { return }
    remove(me, from: id, &turn)
  }

  mutating func forget(_ id: ChatThreadID, _ turn: inout Turn) {
    guard let entry = threads.entry(id), entry.standing != .member else { return }
    let name = title(of: id)
    let place = threads.index(of: id) ?? 0
    threads.remove(id)
    conversations[id] = nil
    for waiting in outbox[id] { dropEntry(waiting.record.clientID, in: id) }
    unsaved.threads.remove(id)
    keep(.threadForgotten(id))
    if threads.open == id {
      threads.open = nil
      composer = Composer()
      interface.focus = .threads
      connection.openThreadDueOn = nil
    }
    if threads.selected == id {
      let entries = threads.entries
      threads.selected = entries.isEmpty ? nil : entries[min(place, entries.count - 1)].thread.id
    }
    say(.information("\(name) is forgotten."), &turn)
  }

  /// Opens the next thread with something new, those that are muted last.
  mutating func openNextUnread(_ turn: inout Turn) {
    guard let next = nextUnread(isMuted: false) ?? nextUnread(isMuted: true) else {
      say(.information("Nothing new in other threads."), &turn)
      return
    }
    openThread(next, &turn)
  }

  /// The first thread after the open one, and round from the top, that has something new.
  private func nextUnread(isMuted: Bool) -> ChatThreadID? {
    let entries = threads.entries
    let start = threads.open.flatMap { threads.index(of: $0) } ?? -1
    for step in entries.indices {
      let entry = entries[(start + 1 + step) % entries.count]
      if entry.isUnread, entry.isMuted == isMuted, entry.thread.id != threads.open {
        return entry.thread.id
      }
    }
    return nil
  }
}
