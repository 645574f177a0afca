/// A reading of one page after the other, from the newest message back to what is known.
struct MessageChain: Hashable, Sendable {
  /// The place at which it ends.
  var end: Int64
  /// True when the service was asked to leave out what is older than a moment, so that its last page is no beginning.
  var hasStart: Bool
  /// The place of the oldest message that it has met.
  var reached = Int64.max
  /// The greatest version it has met: up to there nothing is missing once it has ended.
  var newest: Int64 = 0
  /// True when the pages after its end are wanted.
  var isForOlder = false
}

/// A place in a thread where messages are missing.
struct MessageGap: Hashable, Sendable {
  /// The place after which they are.
  var after: Int64
  /// The place before which they are.
  var before: Int64
}
