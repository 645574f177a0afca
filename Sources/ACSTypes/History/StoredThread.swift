/// How the user stands to a thread.
public enum ThreadStanding: Hashable, Sendable, Codable {
  /// In it.
  case member
  /// Left by themselves; its history stays readable here.
  case left
  /// Removed by somebody.
  case removed
  /// The thread was deleted for all.
  case deleted
}

/// What is kept of a thread on this machine, messages aside.
public struct StoredThread: Hashable, Sendable, Codable {
  /// What the service said of it last.
  public var thread: ChatThread
  /// How the user stands to it.
  public var standing: ThreadStanding
  /// Who removed the user; `nil` when they were not, or nothing told who.
  public var removedBy: CommunicationIdentifier?
  /// True when the person keeps it at the top.
  public var isPinned: Bool
  /// True when its messages make no notice.
  public var isMuted: Bool
  /// The place of the newest message that the person has seen; 0 before any.
  public var seenUpTo: Int64
  /// How many foreign messages came after it.
  public var unreadCount: Int
  /// Up to this place each message was seen, or is among ``unreadCount`` as a number alone.
  public var countedUpTo: Int64
  /// The places of the other messages of ``unreadCount``, rising.
  public var unreadPlaces: [Int64]
  /// True when there are more unread messages than were counted, before the first of them.
  public var hasMoreUnread: Bool
  /// What the person was writing.
  public var draft: String
  /// Who was in it when that was last read.
  public var participants: [ChatParticipant]
  /// Up to where each of them has read.
  public var receipts: [ChatMessageReadReceipt]
  /// Which stretches of its history are here without a hole, oldest first; they neither overlap nor touch.
  public var coverage: [HistoryStretch]
  /// The greatest version of its messages, in epoch milliseconds: where reading it goes on from; 0 before any.
  public var newestVersion: Int64
  /// The second of its newest message, when it was read so soon after that more may have been sent in that second.
  public var unsureSecond: Int64?

  /// A thread as it is met for the first time.
  public init(
    thread: ChatThread, standing: ThreadStanding = .member,
    removedBy: CommunicationIdentifier? = nil, isPinned: Bool = false, isMuted: Bool = false,
    seenUpTo: Int64 = 0, unreadCount: Int = 0, countedUpTo: Int64 = 0,
    unreadPlaces: [Int64] = [], hasMoreUnread: Bool = false, draft: String = "",
    participants: [ChatParticipant] = [], receipts: [ChatMessageReadReceipt] = [],
    coverage: [HistoryStretch] = [], newestVersion: Int64 = 0, unsureSecond: Int64? = nil
  ) {
    self.thread = thread
    self.standing = standing
    self.removedBy = removedBy
    self.isPinned = isPinned
    self.isMuted = isMuted
    self.seenUpTo = seenUpTo
    self.unreadCount = unreadCount
    self.countedUpTo = countedUpTo
    self.unreadPlaces = unreadPlaces
    self.hasMoreUnread = hasMoreUnread
    self.draft = draft
    self.participants = participants
    self.receipts = receipts
    self.coverage = coverage
    self.newestVersion = newestVersion
    self.unsureSecond = unsureSecond
  }
}

extension StoredThread {
  /// False where nobody has looked yet what is unread, as after an export of a thread that no client has met.
  public var isCounted: Bool {
    unreadCount > 0 || !unreadPlaces.isEmpty || seenUpTo > 0 || countedUpTo > 0
  }

  /// All messages of a stretch are here.
  public mutating func historyWasRead(_ stretch: HistoryStretch) {
    coverage.cover(stretch)
  }

  /// Its messages up to `place` are here no longer.
  public mutating func historyWasCut(upTo place: Int64) {
    coverage.removeAll { $0.newest <= place }
    for index in coverage.indices where coverage[index].oldest <= place {
      coverage[index].oldest = place + 1
      coverage[index].reachesBeginning = false
    }
  }
}
