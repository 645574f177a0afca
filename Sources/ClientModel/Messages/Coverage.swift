import ACSTypes

/// Which stretches of a thread's history are here without a hole, oldest first.
struct Coverage: Hashable, Sendable {
  /// More are not told apart: the oldest ones count as missing then.
  static let limit = 8

  private(set) var stretches: [HistoryStretch] = []

  init(_ stretches: [HistoryStretch] = []) {
    for stretch in stretches {
      cover(from: stretch.oldest, to: stretch.newest, isBeginning: stretch.reachesBeginning)
    }
  }

  /// All from `oldest` to `newest` is here; nothing is missing between it and what reaches up to `joined`.
  mutating func cover(
    from oldest: Int64, to newest: Int64, joining joined: Int64 = .max, isBeginning: Bool = false
  ) {
    let edge = min(oldest, joined)
    var whole = HistoryStretch(oldest: oldest, newest: newest, reachesBeginning: isBeginning)
    stretches.removeAll { stretch in
      guard stretch.newest >= edge, stretch.oldest <= newest else { return false }
      whole.oldest = min(whole.oldest, stretch.oldest)
      whole.newest = max(whole.newest, stretch.newest)
      whole.reachesBeginning = whole.reachesBeginning || stretch.reachesBeginning
      return true
    }
    let index = stretches.firstIndex { $0.oldest > whole.oldest } ?? stretches.count
    stretches.insert(whole, at: index)
    if stretches.count > Coverage.limit {
      stretches.removeFirst(stretches.count - Coverage.limit)
    }
  }

  /// The stretch in which a place is.
  func stretch(at place: Int64) -> HistoryStretch? {
    stretches.last { $0.oldest <= place && place <= $0.newest }
  }

  /// Where messages are missing between those that are here.
  var gaps: [MessageGap] {
    zip(stretches, stretches.dropFirst()).map {
      MessageGap(after: $0.newest, before: $1.oldest)
    }
  }

  /// True when messages may be missing between two that are here, one after the other.
  func isGap(between older: Int64, and newer: Int64) -> Bool {
    guard let first = stretches.first else { return false }
    if !first.reachesBeginning, older < first.oldest { return true }
    return stretches.count > 1
      && gaps.contains { max(older, $0.after) < min(newer, $0.before) }
  }
}
