/// Moving in the dialog that makes a thread.
extension ClientState {
  mutating func switchField() {
    guard let field = newThread?.field else { return }
    newThread?.field = field == .topic ? .people : .topic
  }

  mutating func movePersonSelection(by step: Int) {
    guard let dialog = newThread else { return }
    if dialog.field == .topic {
      if step > 0 { newThread?.field = .people }
      return
    }
    guard let selection = dialog.selection else {
      if step < 0 { newThread?.field = .topic }
      if step > 0, !dialog.found.isEmpty { newThread?.selection = 0 }
      return
    }
    if step < 0, selection == 0 {
      newThread?.selection = nil
      if !dialog.search.isEmpty { newThread?.field = .topic }
      return
    }
    newThread?.selection = min(selection + step, dialog.found.count - 1)
  }

  mutating func deleteInField(_ turn: inout Turn) {
    guard interface.pane == .newThread else {
      changeField(&turn) { $0.remove(to: $0.cursor - 1) }
      return
    }
    guard let dialog = newThread, !dialog.isCreating else { return }
    if dialog.field == .people, dialog.search.isEmpty {
      guard !dialog.chosen.isEmpty else { return }
      newThread?.chosen.removeLast()
      changeField(&turn) { _ in }
    } else {
      changeField(&turn) { $0.remove(to: $0.cursor - 1) }
    }
  }
}
