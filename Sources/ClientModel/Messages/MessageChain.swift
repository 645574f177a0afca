import ACSTypes

/// A reading of one page after the other, from the newest message back to what is known.
struct MessageChain: Hashable, Sendable {
  /// The place at which it ends.
  var end: Int64
  /// True when the service was asked to leave out what is older than a moment, so that its last page is no beginning.
  var hasStart: Bool
  /// Where its next page is.
  var link = ""
  /// The place of the oldest message that it has met.
  var reached = Int64.max
  /// How many pages in a row brought it no further: a service that goes on like that is not followed for ever.
  var idlePages = 0
  /// How many messages it may still read; without room it ends wherever it is.
  var room = Int.max
  /// The greatest version it has met: up to there nothing is missing once it has ended.
  var newest: Int64 = 0
}

/// A place in a thread where messages are missing.
struct MessageGap: Hashable, Sendable {
  /// The place after which they are.
  var after: Int64
  /// The place before which they are.
  var before: Int64
}

/// How far down from the newest message the service's pages were read one after the other, so that what is here down to
/// there is as the service has it.
///
/// What changed of older messages while no event told of it is found in no other way.
struct HistoryWalk: Hashable, Sendable {
  /// When a newest page was asked for.
  struct Beginning: Hashable, Sendable {
    /// The number of breaks of the events by then.
    var breaks: Int
    var on: Timestamp
  }

  /// When its newest page was asked for.
  var begun: Beginning
  /// The place of the oldest message that it has met.
  var reached: Int64
  /// Where the page after the last one is; `nil` when that was the beginning of the thread.
  var link: String?
  /// How many pages it has read.
  var pages = 1
  /// True when the service would not follow the link any more.
  var isBroken = false

  /// How long it holds where no events tell of changes: a minute, longer when it has read many pages.
  var holds: Duration { max(.seconds(60), .seconds(3) * pages) }
}
