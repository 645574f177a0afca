public import ACSTypes

/// What one account keeps on this machine: threads, messages, what is not yet sent, drafts.
///
/// Every operation throws `StoreError`.
public protocol HistoryStore: Sendable {
  /// Turns to the history of `user`, who signed in; a store that has but one account's does nothing.
  ///
  /// - Returns: True when what was read before was somebody else's, or nobody's, so that it is to be read again.
  func open(for user: CommunicationIdentifier) async throws -> Bool

  /// All but the messages.
  func load() async throws -> StoredHistory

  /// The same with `limit` of the threads at the most, those that a list shows first: pinned ones, then by their last
  /// message.
  ///
  /// It takes no longer with many threads, so that a first screen need not wait for all of them.
  func load(firstThreads limit: Int) async throws -> StoredHistory

  /// Up to `limit` messages of a thread, newest first, that are older than `place`; the newest ones for `nil`.
  ///
  /// It looks past holes of the history; ``StoredThread/coverage`` tells where they are.
  func messages(in thread: ChatThreadID, before place: Int64?, limit: Int) async throws
    -> [ChatMessage]

  /// Up to `limit` messages of a thread, oldest first, that are newer than `place`; the oldest ones for `nil`.
  func messages(in thread: ChatThreadID, after place: Int64?, limit: Int) async throws
    -> [ChatMessage]

  /// Makes all changes in their order, or none; they are on the disk when this returns.
  func save(_ changes: [HistoryChange]) async throws

  /// The newest messages that hold all words of `text`, newest first, tombstones aside.
  ///
  /// The last word may be a beginning. `thread` says where to look, everywhere for `nil`; only messages older than
  /// `place` count, if given.
  func search(_ text: String, in thread: ChatThreadID?, before place: Int64?, limit: Int)
    async throws -> [HistoryHit]
}

extension HistoryStore {
  /// Does nothing: there is but one account.
  public func open(for user: CommunicationIdentifier) async throws -> Bool { false }
}
