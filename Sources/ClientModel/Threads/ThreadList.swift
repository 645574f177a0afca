public import ACSTypes

/// The user's threads, newest activity first.
public struct ThreadList: Hashable, Sendable {
  /// One thread of the list.
  public struct Entry: Hashable, Sendable {
    /// What the service says of it.
    public var thread: ChatThread
    /// Up to when the person has seen it; later messages make it unread.
    public var seenUpTo: Timestamp
    /// True when something arrived that the person has not seen.
    public var isUnread: Bool {
      (thread.lastMessageReceivedOn ?? .epoch) > seenUpTo
    }
  }

  /// The threads that are not deleted, newest activity first; ties by id.
  public private(set) var entries: [Entry] = []
  /// The thread whose messages are shown.
  public internal(set) var open: ChatThreadID?
  /// The thread under the selection bar while the list has the focus.
  public internal(set) var selected: ChatThreadID?
  /// True once the whole list has been read.
  public internal(set) var isLoaded = false
  /// Ids of the pages being gathered; a thread that no page names is gone.
  private var gathered: Set<ChatThreadID> = []

  /// An empty list, not yet loaded.
  public init() {}

  /// The entry of `id`.
  public func entry(_ id: ChatThreadID) -> Entry? {
    entries.first { $0.thread.id == id }
  }

  /// The place of the selection; `nil` with nothing selected.
  public var selectedIndex: Int? {
    selected.flatMap { id in entries.firstIndex { $0.thread.id == id } }
  }

  /// Takes a page in; `isFirst` starts a new reading, `isLast` ends it and drops what no page named.
  ///
  /// A thread met for the first time in the first whole reading counts as seen; one met later does not.
  mutating func take(_ threads: [ChatThread], isFirst: Bool, isLast: Bool) {
    if isFirst { gathered = [] }
    for thread in threads where thread.deletedOn == nil {
      gathered.insert(thread.id)
      put(thread)
    }
    if isLast {
      entries.removeAll { !gathered.contains($0.thread.id) }
      isLoaded = true
    }
    sort()
  }

  /// Adds or renews one thread.
  mutating func put(_ thread: ChatThread) {
    if let index = entries.firstIndex(where: { $0.thread.id == thread.id }) {
      entries[index].thread.topic = thread.topic
      entries[index].thread.createdOn = thread.createdOn ?? entries[index].thread.createdOn
      entries[index].thread.createdBy = thread.createdBy ?? entries[index].thread.createdBy
      if let last = thread.lastMessageReceivedOn {
        let known = entries[index].thread.lastMessageReceivedOn ?? .epoch
        entries[index].thread.lastMessageReceivedOn = max(last, known)
      }
    } else {
      let seen = isLoaded ? .epoch : thread.lastMessageReceivedOn ?? .epoch
      entries.append(Entry(thread: thread, seenUpTo: seen))
    }
  }

  /// A message arrived in `id` at `moment`; `isSeen` when the person looks at it.
  mutating func noteMessage(in id: ChatThreadID, on moment: Timestamp, isSeen: Bool) {
    guard let index = entries.firstIndex(where: { $0.thread.id == id }) else { return }
    let last = max(entries[index].thread.lastMessageReceivedOn ?? .epoch, moment)
    entries[index].thread.lastMessageReceivedOn = last
    if isSeen { entries[index].seenUpTo = last }
    sort()
  }

  /// The person looks at `id` now.
  mutating func markSeen(_ id: ChatThreadID) {
    guard let index = entries.firstIndex(where: { $0.thread.id == id }) else { return }
    entries[index].seenUpTo = entries[index].thread.lastMessageReceivedOn ?? .epoch
  }

  mutating func rename(_ id: ChatThreadID, to topic: String) {
    guard let index = entries.firstIndex(where: { $0.thread.id == id }) else { return }
    entries[index].thread.topic = topic
  }

  private mutating func sort() {
    entries.sort {
      let left = $0.thread.lastMessageReceivedOn ?? $0.thread.createdOn ?? .epoch
      let right = $1.thread.lastMessageReceivedOn ?? $1.thread.createdOn ?? .epoch
      return left != right ? left > right : $0.thread.id.rawValue < $1.thread.id.rawValue
    }
  }
}
