import ACSTypes
import ClientModel

/// What one person had before their eyes, in all runs of their client; kept apart from what the client says of it.
struct SeenBook {
  /// When each thread was looked at last, or counted as seen because its client had never been here before.
  private(set) var lookedOn: [ChatThreadID: Timestamp] = [:]
  /// The newest message that was shown, in this run.
  private(set) var newest: [ChatThreadID: Int64] = [:]
  private var wasLoaded = false
  private var hadThreads = false

  mutating func look(at state: ClientState) {
    if state.threads.isLoaded, !wasLoaded {
      if !hadThreads {
        for entry in state.threads.entries { lookedOn[entry.thread.id] = state.now }
      }
      wasLoaded = true
    }
    hadThreads = hadThreads || !state.threads.entries.isEmpty
    guard let open = state.threads.open, state.interface.isTerminalFocused else { return }
    lookedOn[open] = state.now
    if let messages = state.conversations[open]?.messages, !messages.isEmpty {
      newest[open] = max(newest[open] ?? 0, messages.place(at: messages.count - 1))
    }
  }

  /// The client was killed: what it had not saved may be unseen again.
  mutating func killed() {
    newest = [:]
    wasLoaded = false
    hadThreads = false
  }
}
