public import ACSTypes

/// The user's threads, pinned ones first, then by newest activity.
///
/// Finding a thread and moving one to its place cost the same however many there are, but for the move of small numbers.
public struct ThreadList: Hashable, Sendable {
  /// One thread of the list.
  public struct Entry: Hashable, Sendable {
    /// What the service says of it.
    public var thread: ChatThread
    /// Up to when the person has seen it; later messages make it unread.
    public var seenUpTo: Timestamp
    /// How the user stands to it.
    public internal(set) var standing = ThreadStanding.member
    /// Who removed the user; `nil` when they are in it, or when nothing told who.
    public internal(set) var removedBy: CommunicationIdentifier?
    /// How many messages of others came that the person has not seen; 0 also when it is only known that some did.
    public var unreadCount: Int { unread.count }
    /// True when there are more than ``unreadCount``: very many came before the client was there.
    public var hasMoreUnread: Bool { unread.hasMore }
    /// Which ones those are.
    var unread: UnreadMessages
    /// True when the person keeps it at the top.
    public internal(set) var isPinned = false
    /// True when its messages make no notice.
    public internal(set) var isMuted = false
    /// The reading of the list that named it last.
    var reading = 0
    /// The reading that was begun before something else told how the user stands to it; what it tells of that is older.
    var stoodIn = -1
    /// The same of its topic.
    var renamedIn = -1
    /// The version of the change that gave it its topic.
    var topicVersion: Int64 = 0
    /// True once what was kept of it is here.
    var isRestored = false

    /// A thread that was seen up to a moment.
    init(thread: ChatThread, seenUpTo: Timestamp) {
      self.thread = thread
      self.seenUpTo = seenUpTo
      unread = UnreadMessages(seenUpTo: seenUpTo)
    }

    /// True when something arrived that the person has not seen.
    public var isUnread: Bool {
      unreadCount > 0 || (thread.lastMessageReceivedOn ?? .epoch) > seenUpTo
    }

    /// Changes it in place, also behind an optional.
    ///
    /// - Returns: By what it is sorted now, and how many more threads are unread: one, none or one less.
    fileprivate mutating func apply(
      _ change: (inout Entry) -> Void
    ) -> (key: SortKey, unread: Int) {
      let wasUnread = isUnread
      change(&self)
      return (SortKey(self), (isUnread ? 1 : 0) - (wasUnread ? 1 : 0))
    }
  }

  /// The threads, ties by id.
  ///
  /// Those that the user left or that were deleted stay as long as they are not forgotten.
  public var entries: Entries { Entries(order: order, slots: slots) }
  /// The thread whose messages are shown.
  public internal(set) var open: ChatThreadID?
  /// The thread under the selection bar while the list has the focus.
  public internal(set) var selected: ChatThreadID?
  /// How many threads have something unseen.
  public private(set) var unreadCount = 0
  /// True once the whole list has been read.
  public internal(set) var isLoaded = false
  /// True when an earlier run read the whole list: a thread that it did not keep is new.
  var wasReadBefore = false
  /// Counts the readings of the list; a thread that the pages of one do not name is gone.
  var reading = 0
  /// Where each thread is kept; never moved, so that a reordering moves numbers alone.
  private var slots: [Entry?] = []
  /// By what each slot is sorted: so little is looked at when a place is searched for.
  private var keys: [SortKey] = []
  private var slotOf: [ChatThreadID: Int32] = [:]
  private var free: [Int32] = []
  /// The slots in the order of the list.
  private var order: [Int32] = []

  /// An empty list, not yet loaded.
  public init() {}

  /// The entry of `id`.
  public func entry(_ id: ChatThreadID) -> Entry? {
    slotOf[id].flatMap { slots[Int($0)] }
  }

  /// True when `id` is among them.
  public func contains(_ id: ChatThreadID) -> Bool { slotOf[id] != nil }

  /// True when what was kept of `id` is here.
  func wasRestored(_ id: ChatThreadID) -> Bool {
    slotOf[id].map { slots[Int($0)]?.isRestored ?? false } ?? false
  }

  /// The threads that the user is in, and that no page of this reading of the list named.
  var unnamed: [ChatThread] {
    var threads: [ChatThread] = []
    for slot in slots.indices
    where slots[slot]?.standing == .member && slots[slot]?.reading != reading {
      if let thread = slots[slot]?.thread { threads.append(thread) }
    }
    return threads
  }

  /// The place of `id` in the list.
  public func index(of id: ChatThreadID) -> Int? {
    slotOf[id].map { lowerBound(of: keys[Int($0)]) }
  }

  /// The place of the selection; `nil` with nothing selected.
  public var selectedIndex: Int? {
    selected.flatMap { index(of: $0) }
  }

  mutating func remove(_ id: ChatThreadID) {
    guard let index = index(of: id), let slot = slotOf.removeValue(forKey: id) else { return }
    if slots[Int(slot)]?.isUnread ?? false { unreadCount -= 1 }
    order.remove(at: index)
    slots[Int(slot)] = nil
    free.append(slot)
  }

  /// Changes an entry where it is, and moves it when its place is another then.
  mutating func change(_ id: ChatThreadID, _ body: (inout Entry) -> Void) {
    guard let slot = slotOf[id], let (key, unread) = slots[Int(slot)]?.apply(body) else { return }
    unreadCount += unread
    guard key != keys[Int(slot)] else { return }
    // While the old place is searched for, it must still sort there.
    order.remove(at: lowerBound(of: keys[Int(slot)]))
    keys[Int(slot)] = key
    order.insert(slot, at: lowerBound(of: key))
  }

  mutating func insert(_ entry: Entry) {
    let slot = free.popLast() ?? Int32(slots.count)
    let key = SortKey(entry)
    if Int(slot) == slots.count {
      slots.append(entry)
      keys.append(key)
    } else {
      slots[Int(slot)] = entry
      keys[Int(slot)] = key
    }
    slotOf[entry.thread.id] = slot
    order.insert(slot, at: lowerBound(of: key))
    if entry.isUnread { unreadCount += 1 }
  }

  /// The first place in the list that does not sort before `key`.
  private func lowerBound(of key: SortKey) -> Int {
    var low = 0
    var high = order.count
    while low < high {
      let middle = (low + high) / 2
      if keys[Int(order[middle])] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// True when both hold the same, wherever it is kept.
  public static func == (left: ThreadList, right: ThreadList) -> Bool {
    left.open == right.open && left.selected == right.selected
      && left.isLoaded == right.isLoaded && left.reading == right.reading
      && left.entries.elementsEqual(right.entries)
  }

  /// Hashes what is open and how many there are.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(open)
    hasher.combine(selected)
    hasher.combine(order.count)
  }
}
