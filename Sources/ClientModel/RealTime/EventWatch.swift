import ACSTypes

/// Notices that a channel of events stands and tells nothing: reading finds messages that no event told.
///
/// What came before the channel stood is told by no event, so a thread counts only once it was read twice since.
struct EventWatch: Hashable, Sendable {
  /// An event may come so much later than a reading that found the same.
  private static let grace = Duration.seconds(5)
  /// So many readings since the channel stood: one may have been under way already.
  private static let baseline = 2
  /// No more is needed to tell.
  private static let limit = 20

  private var threadReadings = 0
  private var listReadings = 0
  /// The threads of which an event came since the list was last read.
  private var told: Set<ChatThreadID> = []
  /// The threads with something that no event told yet.
  private var untold: Set<ChatThreadID> = []
  /// When what is untold counts as never told.
  private(set) var dueOn: Timestamp?

  /// A channel that has just come to stand.
  init() {}

  /// An event came.
  mutating func told(_ id: ChatThreadID) {
    told.insert(id)
    untold.remove(id)
    if untold.isEmpty { dueOn = nil }
  }

  /// Another thread is read from now on.
  mutating func threadOpened() {
    threadReadings = 0
  }

  /// The open thread was read; `hasNews` when there was a message that is newer than all known and should have come.
  mutating func threadRead(_ id: ChatThreadID, hasNews: Bool, now: Timestamp) {
    if hasNews, threadReadings >= EventWatch.baseline { found(id, now: now) }
    threadReadings += 1
  }

  /// A page of the list was read; `active` are its threads in which something happened that was not known.
  mutating func listRead(active: [ChatThreadID], isLast: Bool, now: Timestamp) {
    if listReadings >= EventWatch.baseline {
      for id in active where !told.contains(id) { found(id, now: now) }
    }
    guard isLast else { return }
    listReadings += 1
    told = []
  }

  private mutating func found(_ id: ChatThreadID, now: Timestamp) {
    guard untold.count < EventWatch.limit else { return }
    untold.insert(id)
    dueOn = dueOn ?? now + EventWatch.grace
  }

  /// True when the channel is not to be trusted any more.
  func isSilent(at now: Timestamp) -> Bool {
    dueOn.map { $0 <= now } ?? false
  }
}
