import ACSTypes

/// What the person has seen: the unread line and the counts follow what they look at.
extension ClientState {
  /// True when the person can see what arrives in `id`.
  func isLookedAt(_ id: ChatThreadID) -> Bool {
    threads.open == id && interface.isTerminalFocused
  }

  /// Something arrives in the open thread: if nobody looks, the line that tells what is new stands before it.
  mutating func noteLeftOff(in id: ChatThreadID) {
    guard !interface.isTerminalFocused, conversations[id]?.leftOff == nil else { return }
    conversations[id]?.leftOff = threads.entry(id)?.seenUpTo
  }

  /// The terminal's window got or lost the person's eyes.
  mutating func focusMoved(_ isFocused: Bool, _ turn: inout Turn) {
    interface.isTerminalFocused = isFocused
    guard let open = threads.open else {
      if isFocused { noteActivity(turn) }
      return
    }
    if isFocused {
      noteActivity(turn)
      markSeen(open)
      sendReceipt(&turn)
    } else {
      conversations[open]?.leftOff = nil
    }
  }

  private mutating func markSeen(_ id: ChatThreadID) {
    if threads.markSeen(id) { keepThread(id) }
  }
}
