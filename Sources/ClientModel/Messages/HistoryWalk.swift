import ACSTypes

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
