/// A stretch of a thread's history in which no message is missing.
public struct HistoryStretch: Hashable, Sendable, Codable {
  /// The place of its oldest message, or of the first that could be here where older ones were let go.
  public var oldest: Int64
  /// The place of its newest message.
  public var newest: Int64
  /// True when nothing older exists.
  public var reachesBeginning: Bool

  /// A stretch.
  public init(oldest: Int64, newest: Int64, reachesBeginning: Bool = false) {
    self.oldest = oldest
    self.newest = newest
    self.reachesBeginning = reachesBeginning
  }
}

extension [HistoryStretch] {
  /// All of a stretch is here.
  ///
  /// Those that it touches become one with it. They are oldest first before and after.
  ///
  /// - Parameters:
  ///   - stretch: What is here.
  ///   - joined: Nothing is missing between the stretch and what reaches up to this place.
  public mutating func cover(_ stretch: HistoryStretch, joining joined: Int64 = .max) {
    let edge = Swift.min(stretch.oldest, joined)
    var whole = stretch
    removeAll { other in
      guard other.newest >= edge, other.oldest <= stretch.newest else { return false }
      whole.oldest = Swift.min(whole.oldest, other.oldest)
      whole.newest = Swift.max(whole.newest, other.newest)
      whole.reachesBeginning = whole.reachesBeginning || other.reachesBeginning
      return true
    }
    insert(whole, at: firstIndex { $0.oldest > whole.oldest } ?? count)
  }
}
