public import ACSTypes

/// Looking for kept messages by their words; it stays when its pane is closed, so that one can go from hit to hit.
public struct Search: Hashable, Sendable {
  /// What is looked for; the last word may be a beginning.
  public internal(set) var query = Composer()
  /// Where: one thread, or all for `nil`.
  public internal(set) var thread: ChatThreadID?
  /// What was found, newest first; of the text before while ``isLoading``.
  public internal(set) var hits: [HistoryHit] = []
  /// The selected hit; `nil` without any.
  public internal(set) var selection: Int?
  /// True while hits are on their way.
  public internal(set) var isLoading = false
  /// True when there are no more than ``hits``.
  public internal(set) var isExhausted = false
  /// What is wrong, in words.
  public internal(set) var problem: String?

  /// Before anything was typed.
  public init(thread: ChatThreadID? = nil) {
    self.thread = thread
  }

  mutating func change(_ body: (inout Composer) -> Void) { body(&query) }
}
