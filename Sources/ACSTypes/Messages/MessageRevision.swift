/// Which of two accounts of one message holds: the greater.
///
/// A deletion is final, whatever is told later; else the version counts; of equal ones that of a list is greater than
/// that of an event, which lacks the sequence id (REALTIME 2). Between equals the first that came holds.
public struct MessageRevision: Hashable, Sendable, Comparable {
  /// True for a tombstone.
  public var isDeleted: Bool
  /// Epoch milliseconds of the last change.
  public var version: Int64
  /// True when its sequence id is known.
  public var isNumbered: Bool

  /// A revision.
  public init(isDeleted: Bool, version: Int64, isNumbered: Bool) {
    self.isDeleted = isDeleted
    self.version = version
    self.isNumbered = isNumbered
  }

  /// True when `right` takes the place of `left`.
  public static func < (left: MessageRevision, right: MessageRevision) -> Bool {
    if left.isDeleted != right.isDeleted { return right.isDeleted }
    if left.version != right.version { return left.version < right.version }
    return !left.isNumbered && right.isNumbered
  }
}

extension ChatMessage {
  /// Tells which of two accounts of this message holds.
  public var revision: MessageRevision {
    MessageRevision(isDeleted: deletedOn != nil, version: version, isNumbered: sequenceID != 0)
  }
}
