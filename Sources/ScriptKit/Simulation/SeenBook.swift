import ACSTypes
import ClientModel

/// What one person had before their eyes, in all runs of their client; kept apart from what the client says of it.
struct SeenBook {
  /// When each thread was looked at last, or counted as seen because its client had never been here before.
  private(set) var lookedOn: [ChatThreadID: Timestamp] = [:]
  /// The newest message that was shown, in this run.
  private(set) var newest: [ChatThreadID: Int64] = [:]
  private var wasLoaded = false
  /// When the list of threads was there for the first time in any run.
  private var firstLoadedOn: Timestamp?
  /// True once a client lived long enough with the whole list to have kept that it read it.
  private var isKnown = false

  /// How long a client may take to keep what it read.
  private static let keeping = Duration.seconds(30)

  /// It looks as `state` says at a moment of the world's.
  mutating func look(at state: ClientState, on moment: Timestamp) {
    if state.threads.isLoaded {
      let firstLoadedOn = firstLoadedOn ?? moment
      self.firstLoadedOn = firstLoadedOn
      if !wasLoaded, !isKnown {
        for entry in state.threads.entries { lookedOn[entry.thread.id] = moment }
      }
      wasLoaded = true
      // Of a thread that was forgotten all is new, should it come back.
      newest = newest.filter { state.threads.contains($0.key) }
      if moment - firstLoadedOn > SeenBook.keeping { isKnown = true }
    }
    guard let open = state.threads.open, state.interface.isTerminalFocused else { return }
    lookedOn[open] = moment
    if let messages = state.conversations[open]?.messages, !messages.isEmpty {
      newest[open] = max(newest[open] ?? 0, messages.place(at: messages.count - 1))
    }
  }

  /// The client was killed: what it had not saved may be unseen again.
  mutating func killed() {
    newest = [:]
    wasLoaded = false
    firstLoadedOn = nil
  }
}
