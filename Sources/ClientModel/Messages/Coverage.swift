import ACSTypes

/// Which stretches of a thread's history are here without a hole, oldest first.
struct Coverage: Hashable, Sendable {
  /// More are not told apart: the oldest ones count as missing then.
  static let limit = 8

  private(set) var stretches: [HistoryStretch] = []

  /// All from `oldest` to `newest` is here; nothing is missing between it and what reaches up to `joined`.
  mutating func cover(
    from oldest: Int64, to newest: Int64, joining joined: Int64 = .max, isBeginning: Bool = false
  ) {
    stretches.cover(
      HistoryStretch(oldest: oldest, newest: newest, reachesBeginning: isBeginning),
      joining: joined)
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

  /// True when all from a place to the newest that is here is here.
  func reaches(from place: Int64) -> Bool {
    stretches.last.map { $0.reachesBeginning || $0.oldest <= place } ?? false
  }

  /// True when messages may be missing between two that are here, one after the other.
  func isGap(between older: Int64, and newer: Int64) -> Bool {
    guard let first = stretches.first else { return false }
    if !first.reachesBeginning, older < first.oldest { return true }
    return stretches.count > 1
      && gaps.contains { max(older, $0.after) < min(newer, $0.before) }
  }
}

/// A place in a thread where messages are missing.
struct MessageGap: Hashable, Sendable {
  /// The place after which they are.
  var after: Int64
  /// The place before which they are.
  var before: Int64
}
