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
  /// True while hits are on their way that the person waits for.
  public internal(set) var isLoading = false
  /// True when there are no more than ``hits``.
  public internal(set) var isExhausted = false
  /// What is wrong, in words.
  public internal(set) var problem: String?
  /// When it was asked for the newest hits.
  var askedOn: Timestamp?
  /// True while ``hits`` are those of a text before.
  var isOutdated = false
  /// True when the first hit is to be opened as soon as it is here.
  var opensFirst = false
  /// True when messages were kept since then, so that there may be other hits.
  var isStale = false

  /// Before anything was typed.
  public init(thread: ChatThreadID? = nil) {
    self.thread = thread
  }

  mutating func change(_ body: (inout Composer) -> Void) { body(&query) }

  /// True when there is a word to look for.
  var hasWords: Bool { query.text.contains { !$0.isWhitespace } }

  /// Takes in hits that follow those that are here, the last of which may be among them.
  ///
  /// - Returns: False when all were here.
  mutating func add(_ older: [HistoryHit]) -> Bool {
    let place = hits.last?.message.id.place
    let known = Set(hits.reversed().prefix { $0.message.id.place == place }.map(\.thread))
    let new = older.filter { $0.message.id.place != place || !known.contains($0.thread) }
    hits += new
    return !new.isEmpty
  }

  /// Takes in the newest hits; `isSame` when they are of what was looked for before: the selected message stays so.
  mutating func take(_ newest: [HistoryHit], isSame: Bool) {
    let selected = isSame ? selection.map { hits[$0] } : nil
    hits = newest
    isOutdated = false
    guard !hits.isEmpty else { return selection = nil }
    let place = selected.flatMap { selected in
      hits.firstIndex { $0.thread == selected.thread && $0.message.id == selected.message.id }
    }
    selection = place ?? min(isSame ? selection ?? 0 : 0, hits.count - 1)
  }
}
