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
    /// True when something arrived that the person has not seen.
    public var isUnread: Bool {
      (thread.lastMessageReceivedOn ?? .epoch) > seenUpTo
    }

    /// Changes it in place, also behind an optional.
    fileprivate mutating func apply(_ change: (inout Entry) -> Void) { change(&self) }
  }

  /// The threads that are not deleted; ties by id.
  public var entries: Entries { Entries(order: order, slots: slots) }
  /// The thread whose messages are shown.
  public internal(set) var open: ChatThreadID?
  /// The thread under the selection bar while the list has the focus.
  public internal(set) var selected: ChatThreadID?
  /// True once the whole list has been read.
  public internal(set) var isLoaded = false
  /// Ids of the pages being gathered; a thread that no page names is gone.
  private var gathered: Set<ChatThreadID> = []
  /// Where each thread is kept; never moved, so that a reordering moves numbers alone.
  private var slots: [Entry?] = []
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

  /// The place of `id` in the list.
  public func index(of id: ChatThreadID) -> Int? {
    guard let slot = slotOf[id], let entry = slots[Int(slot)] else { return nil }
    return lowerBound(of: SortKey(entry))
  }

  /// The place of the selection; `nil` with nothing selected.
  public var selectedIndex: Int? {
    selected.flatMap { index(of: $0) }
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
    guard isLast else { return }
    for id in entries.map(\.thread.id) where !gathered.contains(id) { remove(id) }
    gathered = []
    isLoaded = true
  }

  /// Adds or renews one thread.
  mutating func put(_ thread: ChatThread) {
    if entry(thread.id) == nil {
      let seen = isLoaded ? .epoch : thread.lastMessageReceivedOn ?? .epoch
      insert(Entry(thread: thread, seenUpTo: seen))
      return
    }
    change(thread.id) { entry in
      entry.thread.topic = thread.topic
      entry.thread.createdOn = thread.createdOn ?? entry.thread.createdOn
      entry.thread.createdBy = thread.createdBy ?? entry.thread.createdBy
      if let last = thread.lastMessageReceivedOn {
        entry.thread.lastMessageReceivedOn = max(last, entry.thread.lastMessageReceivedOn ?? .epoch)
      }
    }
  }

  /// A message arrived in `id` at `moment`; `isSeen` when the person looks at it.
  mutating func noteMessage(in id: ChatThreadID, on moment: Timestamp, isSeen: Bool) {
    change(id) { entry in
      let last = max(entry.thread.lastMessageReceivedOn ?? .epoch, moment)
      entry.thread.lastMessageReceivedOn = last
      if isSeen { entry.seenUpTo = last }
    }
  }

  /// The person looks at `id` now.
  mutating func markSeen(_ id: ChatThreadID) {
    change(id) { $0.seenUpTo = $0.thread.lastMessageReceivedOn ?? .epoch }
  }

  mutating func rename(_ id: ChatThreadID, to topic: String) {
    change(id) { $0.thread.topic = topic }
  }

  mutating func remove(_ id: ChatThreadID) {
    guard let index = index(of: id), let slot = slotOf.removeValue(forKey: id) else { return }
    order.remove(at: index)
    slots[Int(slot)] = nil
    free.append(slot)
  }

  /// Changes an entry where it is, and moves it when its place is another then.
  private mutating func change(_ id: ChatThreadID, _ body: (inout Entry) -> Void) {
    guard let slot = slotOf[id], let before = slots[Int(slot)].map(SortKey.init) else { return }
    slots[Int(slot)]?.apply(body)
    guard let after = slots[Int(slot)].map(SortKey.init), after != before else { return }
    // While the old place is searched for, the entry must still sort there.
    let index = lowerBound(of: before, standingFor: slot)
    order.remove(at: index)
    order.insert(slot, at: lowerBound(of: after))
  }

  private mutating func insert(_ entry: Entry) {
    let slot = free.popLast() ?? Int32(slots.count)
    let place = lowerBound(of: SortKey(entry))
    if Int(slot) == slots.count { slots.append(entry) } else { slots[Int(slot)] = entry }
    slotOf[entry.thread.id] = slot
    order.insert(slot, at: place)
  }

  /// The first place in the list that does not sort before `key`; `standingFor` is a slot that sorts by `key` itself.
  private func lowerBound(of key: SortKey, standingFor moved: Int32? = nil) -> Int {
    var low = 0
    var high = order.count
    while low < high {
      let middle = (low + high) / 2
      let slot = order[middle]
      let isBefore = slot != moved && (slots[Int(slot)].map { SortKey($0) < key } ?? false)
      if isBefore { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// True when both hold the same, wherever it is kept.
  public static func == (left: ThreadList, right: ThreadList) -> Bool {
    left.open == right.open && left.selected == right.selected
      && left.isLoaded == right.isLoaded && left.gathered == right.gathered
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
  private struct SortKey: Comparable {
    let activity: Timestamp
    let id: String

    init(_ entry: Entry) {
      activity = entry.thread.lastMessageReceivedOn ?? entry.thread.createdOn ?? .epoch
      id = entry.thread.id.rawValue
    }

    static func < (left: SortKey, right: SortKey) -> Bool {
      left.activity != right.activity ? left.activity > right.activity : left.id < right.id
    }
  }
}
