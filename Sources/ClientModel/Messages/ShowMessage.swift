import ACSTypes

/// Going to one message wherever it is.
extension ClientState {
  /// Selects a message of the open thread and scrolls to it; what is not in memory is read first.
  mutating func show(_ message: ChatMessageID, in id: ChatThreadID, _ turn: inout Turn) {
    guard threads.open == id else { return }
    interface.focus = .messages
    guard conversations[id]?.index(of: message) == nil else {
      conversations[id]?.wanted = nil
      conversations[id]?.selected = message
      if !isFresh(message, in: id) { conversations[id]?.unsure = message }
      showSelected(&turn)
      catchUp(&turn)
      return
    }
    conversations[id]?.wanted = message
    turn.ask(.loadMessages(id, .around(message.place)), in: &self)
  }
}
