import ACSTypes

/// Questions that are answered by yes or no.
extension ClientState {
  mutating func confirmQuestion(_ turn: inout Turn) {
    guard case .question(let question) = interface.pane else { return }
    interface.pane = nil
    switch question {
    case .deleteMessage(let id, let message): submitDeletion(of: message, in: id, &turn)
    case .leave(let id): leave(id, &turn)
    case .forget(let id): forget(id, &turn)
    case .remove(let person, let id): remove(person, from: id, &turn)
    }
  }

  mutating func declineQuestion() {
    guard case .question(let question) = interface.pane else { return }
    interface.pane = nil
    if case .remove = question, people != nil { interface.pane = .people }
  }
}
