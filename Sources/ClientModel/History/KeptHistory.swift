public import ACSTypes

/// How far what is kept on this machine is here.
public struct KeptHistory: Hashable, Sendable {
  /// How many threads the first reading brings: more than a screen shows.
  static let firstThreads = 60

  /// How many threads' messages are in memory at most: with 2,000 messages each, some ten megabytes.
  static let windowLimit = 64
  /// The threads whose messages are in memory, by when somebody opened them or wrote in them.
  var windows = RecentThreads()
  /// Whose it is, as it was kept; shown before anybody is signed in.
  public internal(set) var account: CommunicationIdentifier?
  /// True once the first threads are here.
  public internal(set) var isLoaded = false
  /// True once all threads are here.
  public internal(set) var isWhole = false
  /// Why nothing is kept any more; `nil` while all is well.
  public internal(set) var failure: String?
  /// When messages that are too old are let go of next; `nil` for never.
  var retentionDueOn: Timestamp?
  /// When what the person is writing is kept; `nil` while nothing of it changed.
  var draftDueOn: Timestamp?
  /// True once it is known whose it is, so that changes may be saved.
  var isOpen = false
  /// Who signed in and whose history is to be turned to.
  var opening: CommunicationIdentifier?

  /// Before anything was read.
  public init() {}

  /// Another account's is to be read.
  mutating func forget() {
    let (failure, opening) = (failure, opening)
    self = KeptHistory()
    self.failure = failure
    self.opening = opening
  }
}
