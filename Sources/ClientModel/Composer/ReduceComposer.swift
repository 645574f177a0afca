import ACSTypes

/// Writing: text into the composer or a dialog's field, and sending it.
extension ClientState {
  /// Typed or pasted text goes to whatever field has the keys.
  mutating func typed(_ text: String, _ turn: inout Turn) {
    switch interface.pane {
    case .newThread:
      typedInNewThread(text, &turn)
    case .search:
      changeSearch(&turn) { $0.insert(text.replacing("\n", with: " ")) }
    case .people, .rename:
      changeField(&turn) { $0.insert(text.replacing("\n", with: " ")) }
    case nil where threads.open != nil && readOnlyReason == nil:
      // Typing anywhere on the main screen writes into the composer, as chat programs do.
      interface.focus = .composer
      composer.insert(text)
      tellTyping(&turn)
    default:
      break
    }
  }

  /// Sends the composer's text: as a new message, or as the edit it was begun for.
  mutating func sendComposer(_ turn: inout Turn) {
    guard let id = threads.open else { return }
    if let reason = readOnlyReason {
      say(.failure(reason), &turn)
      return
    }
    let text = composer.text
    guard text.contains(where: { !$0.isWhitespace }) else { return }
    conversations[id]?.leftOff = nil
    if let messageID = composer.editing {
      // Who changed nothing did not edit, unless that takes back what waits to be sent.
      if !says(text, messageID, in: id) || outbox[id].contains(where: { $0.target == messageID }) {
        submitEdit(of: messageID, in: id, to: text, &turn)
      }
      // What was being written before the edit goes on.
      composer = Composer(text: conversations[id]?.draft ?? "")
      return
    }
    submit(text, &turn)
    composer = Composer()
    conversations[id]?.draft = ""
    conversations[id]?.typingToldOn = nil
    keep(.draft(id, ""))
  }

  private func says(_ text: String, _ messageID: ChatMessageID, in id: ChatThreadID) -> Bool {
    guard let conversation = conversations[id], let index = conversation.index(of: messageID) else {
      return false
    }
    return conversation.messages[index].content == .text(text)
  }

  /// Begins to edit the own message `messageID`.
  mutating func beginEdit(_ messageID: ChatMessageID) {
    guard let id = threads.open, let conversation = conversations[id],
      let index = conversation.index(of: messageID),
      case .text(let text) = conversation.messages[index].content,
      isOwnAndThere(conversation.messages[index])
    else { return }
    if composer.editing == nil, conversation.draft != composer.text {
      conversations[id]?.draft = composer.text
      keep(.draft(id, composer.text))
    }
    composer = Composer(text: text, editing: messageID)
    interface.focus = .composer
  }

  mutating func cancelEdit() {
    guard composer.editing != nil, let id = threads.open else { return }
    composer = Composer(text: conversations[id]?.draft ?? "")
  }

  func isOwnAndThere(_ message: ChatMessage) -> Bool {
    message.deletedOn == nil && message.sender == me
  }
}
