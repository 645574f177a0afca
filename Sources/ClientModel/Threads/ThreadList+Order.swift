import ACSTypes

extension ThreadList {
  /// The entries in the order of the list.
  public struct Entries: RandomAccessCollection, Sendable {
    let order: [Int32]
    let slots: [Entry?]

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
  struct SortKey: Comparable {
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
