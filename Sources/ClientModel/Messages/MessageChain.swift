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
