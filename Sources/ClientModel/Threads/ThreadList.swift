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
  private var reading = 0
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

  /// The place of `id` in the list.
  public func index(of id: ChatThreadID) -> Int? {
    slotOf[id].map { lowerBound(of: keys[Int($0)]) }
  }

  /// The place of the selection; `nil` with nothing selected.
  public var selectedIndex: Int? {
    selected.flatMap { index(of: $0) }
  }

  /// The list is asked for: what its pages tell is of this moment.
  mutating func beginReading() { reading += 1 }

  /// Takes a page in; `isLast` ends the reading: from what no page named the user was removed.
  ///
  /// A thread met for the first time in the first whole reading counts as seen; one met later does not.
  ///
  /// - Returns: What is new or told otherwise than before, with the time of the last message that was known, if any.
  @discardableResult
  mutating func take(_ threads: [ChatThread], isLast: Bool) -> [Change] {
    var changes: [Change] = []
    for thread in threads {
      let before = entry(thread.id)
      if thread.deletedOn == nil {
        put(thread, isOfReading: true)
      } else {
        stand(.deleted, in: thread.id)
      }
      let after = entry(thread.id)
      if before?.thread != after?.thread || before?.standing != after?.standing {
        changes.append(
          Change(
            thread: thread.id, isNew: before == nil, before: before?.thread.lastMessageReceivedOn))
      }
    }
    guard isLast else { return changes }
    for slot in slots.indices
    where slots[slot]?.standing == .member && slots[slot]?.reading != reading {
      slots[slot]?.standing = .removed
      if let thread = slots[slot]?.thread {
        changes.append(
          Change(thread: thread.id, isNew: false, before: thread.lastMessageReceivedOn))
      }
    }
    isLoaded = true
    return changes
  }

  /// What a page of the list told anew.
  struct Change: Hashable {
    var thread: ChatThreadID
    var isNew: Bool
    /// When the last message came that was known before.
    var before: Timestamp?
  }

  /// Adds or renews one thread; `isOfReading` when a page of the list tells it, which may be older than what was told since.
  mutating func put(_ thread: ChatThread, isOfReading: Bool = false) {
    if !contains(thread.id) {
      let seen = isLoaded || wasReadBefore ? .epoch : thread.lastMessageReceivedOn ?? .epoch
      var entry = Entry(thread: thread, seenUpTo: seen)
      entry.reading = reading
      insert(entry)
      return
    }
    let reading = reading
    change(thread.id) { entry in
      entry.reading = reading
      if !isOfReading || entry.renamedIn != reading { entry.thread.topic = thread.topic }
      if !isOfReading || entry.stoodIn != reading {
        entry.standing = .member
        entry.removedBy = nil
      }
      if !isOfReading {
        entry.stoodIn = reading
        entry.renamedIn = reading
      }
      entry.thread.createdOn = thread.createdOn ?? entry.thread.createdOn
      entry.thread.createdBy = thread.createdBy ?? entry.thread.createdBy
      if let last = thread.lastMessageReceivedOn {
        entry.thread.lastMessageReceivedOn = max(last, entry.thread.lastMessageReceivedOn ?? .epoch)
      }
    }
  }

  /// A message of somebody else arrived in `id` at `moment`; `isSeen` when the person looks at it.
  ///
  /// `counts` is true for what somebody wrote, false for what the service tells and for what was deleted.
  mutating func noteMessage(
    in id: ChatThreadID, on moment: Timestamp, place: Int64? = nil, isSeen: Bool,
    counts: Bool = true
  ) {
    change(id) { entry in
      let last = max(entry.thread.lastMessageReceivedOn ?? .epoch, moment)
      entry.thread.lastMessageReceivedOn = last
      let place = place ?? moment.milliseconds
      if isSeen {
        entry.seenUpTo = max(entry.seenUpTo, last)
        entry.unread.insert(place)
        entry.unread.seeAll(upTo: last)
      } else if counts {
        entry.unread.insert(place)
      } else {
        entry.unread.remove(place)
      }
    }
  }

  /// All messages that are unread were read.
  mutating func noteAllCounted(in id: ChatThreadID) {
    change(id) { $0.unread.noteAllCounted() }
  }

  /// More messages are unread than were read to be counted.
  mutating func leaveUncounted(in id: ChatThreadID) {
    change(id) { $0.unread.leaveUncounted() }
  }

  /// A message of the user's own arrived in `id` that they did not send before their eyes: all before it is seen, and
  /// nothing after it.
  ///
  /// It may be old: a reading after a restart brings it along.
  mutating func noteOwnMessage(in id: ChatThreadID, on moment: Timestamp, place: Int64) {
    change(id) { entry in
      let last = max(entry.thread.lastMessageReceivedOn ?? .epoch, moment)
      entry.thread.lastMessageReceivedOn = last
      entry.seenUpTo = max(entry.seenUpTo, moment)
      entry.unread.see(upTo: place)
    }
  }

  /// The person looks at `id` now; gives true when it had something unseen.
  mutating func markSeen(_ id: ChatThreadID) -> Bool {
    guard let entry = entry(id), entry.isUnread else { return false }
    change(id) { entry in
      entry.seenUpTo = max(entry.seenUpTo, entry.thread.lastMessageReceivedOn ?? .epoch)
      entry.unread.seeAll(upTo: entry.seenUpTo)
    }
    return true
  }

  /// The topic was changed; an older change than the one known changes nothing.
  mutating func rename(_ id: ChatThreadID, to topic: String, version: Int64) {
    let reading = reading
    change(id) { entry in
      guard version >= entry.topicVersion else { return }
      entry.topicVersion = version
      entry.renamedIn = reading
      entry.thread.topic = topic
    }
  }

  /// The user stands to a thread in another way now.
  mutating func stand(
    _ standing: ThreadStanding, in id: ChatThreadID, by person: CommunicationIdentifier? = nil
  ) {
    let reading = reading
    change(id) { entry in
      entry.removedBy = standing == .removed ? person ?? entry.removedBy : nil
      entry.standing = standing
      entry.stoodIn = reading
    }
  }

  /// The person keeps a thread at the top, or no longer.
  mutating func pin(_ id: ChatThreadID, _ isPinned: Bool) {
    change(id) { $0.isPinned = isPinned }
  }

  /// The person wants no notices of a thread, or wants them again.
  mutating func mute(_ id: ChatThreadID, _ isMuted: Bool) {
    change(id) { $0.isMuted = isMuted }
  }

  /// Takes in what was kept of a thread; what the service has told of it since stays.
  ///
  /// Only the first time: the second reading, of all threads, was begun when the person may have seen, pinned or muted
  /// some of the first ones already.
  ///
  /// - Returns: True for the first time.
  @discardableResult
  mutating func restore(_ stored: StoredThread) -> Bool {
    let id = stored.thread.id
    if let slot = slotOf[id], slots[Int(slot)]?.isRestored ?? false { return false }
    if !contains(id) {
      insert(Entry(thread: stored.thread, seenUpTo: .epoch))
      stand(stored.standing, in: id, by: stored.removedBy)
    }
    change(id) { entry in
      entry.isRestored = true
      entry.seenUpTo = Timestamp(milliseconds: stored.seenUpTo)
      let came = entry.unread
      entry.unread = UnreadMessages(stored)
      entry.unread.formUnion(came)
      entry.isPinned = stored.isPinned
      entry.isMuted = stored.isMuted
    }
    return true
  }

  mutating func remove(_ id: ChatThreadID) {
    guard let index = index(of: id), let slot = slotOf.removeValue(forKey: id) else { return }
    if slots[Int(slot)]?.isUnread ?? false { unreadCount -= 1 }
    order.remove(at: index)
    slots[Int(slot)] = nil
    free.append(slot)
  }

  /// Changes an entry where it is, and moves it when its place is another then.
  private mutating func change(_ id: ChatThreadID, _ body: (inout Entry) -> Void) {
    guard let slot = slotOf[id], let (key, unread) = slots[Int(slot)]?.apply(body) else { return }
    unreadCount += unread
    guard key != keys[Int(slot)] else { return }
    // While the old place is searched for, it must still sort there.
    order.remove(at: lowerBound(of: keys[Int(slot)]))
    keys[Int(slot)] = key
    order.insert(slot, at: lowerBound(of: key))
  }

  private mutating func insert(_ entry: Entry) {
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

extension ThreadList {
  /// The entries in the order of the list.
  public struct Entries: RandomAccessCollection, Sendable {
    fileprivate let order: [Int32]
    fileprivate let slots: [Entry?]

    /// 0.
    public var startIndex: Int { 0 }
    /// How many there are.
    public var endIndex: Int { order.count }

    /// The entry at a place of the list.
    public subscript(index: Int) -> Entry {
      guard let entry = slots[Int(order[index])] else {
        preconditionFailure("an empty slot is in the list")
      }
      return entry
    }
  }

  /// By what the list is sorted.
  fileprivate struct SortKey: Comparable {
    let isPinned: Bool
    let activity: Timestamp
    let id: String

    init(_ entry: Entry) {
      isPinned = entry.isPinned
      activity = entry.thread.lastMessageReceivedOn ?? entry.thread.createdOn ?? .epoch
      id = entry.thread.id.rawValue
    }

    static func < (left: SortKey, right: SortKey) -> Bool {
      if left.isPinned != right.isPinned { return left.isPinned }
      return left.activity != right.activity
        ? left.activity > right.activity : left.id < right.id
    }
  }
}
