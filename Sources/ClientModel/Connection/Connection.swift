public import ACSTypes

/// How the client stands to the Chat service.
public struct Connection: Hashable, Sendable {
  /// When the thread list is read next; `nil` before the sign-in.
  public internal(set) var listDueOn: Timestamp?
  /// When the open thread is read next; `nil` while none is open.
  public internal(set) var openThreadDueOn: Timestamp?
  /// True when the service wrote a line into the open thread that no event brings; the next reading of it does.
  var isLineUntold = false
  /// When the whole newest page of the open thread is read next, for edits of older messages.
  public internal(set) var fullPageDueOn: Timestamp?
  /// The person's last key press or the last message that arrived; polling slows down after it.
  public internal(set) var lastActivityOn = Timestamp.epoch
  /// The trouble with Chat; `nil` while all is well.
  public internal(set) var problem: Problem?
  /// How the client stands to the service's events.
  public internal(set) var events = EventChannel.off
  /// True once events have come in this session.
  var wasLive = false
  /// Why the channel of events was lost or did not come up; `nil` while it stands or nobody wants it.
  public internal(set) var eventsCause: String?
  /// How often something may have happened that no event told: what was read before may have changed since.
  var eventBreaks = 0
  /// How often in a row the channel of events was lost.
  var eventAttempts = 0
  /// When the last event came; `nil` before the first.
  public internal(set) var lastEventOn: Timestamp?
  /// Where somebody types; never many.
  var typingThreads: Set<ChatThreadID> = []
  /// Tells whether the channel of events can be trusted.
  var watch = EventWatch()
  /// When the first of those who type is to be forgotten.
  var typingEndsOn: Timestamp?
  /// When the next read receipt may go, and when it is to.
  var receiptFreeOn: Timestamp?
  var receiptDueOn: Timestamp?
  /// Threads that the service did not show, and its words; the next list tells why.
  var refusals: [ChatThreadID: String] = [:]
  /// Keeps each kind of request within the service's limits.
  var paces = RequestPaces()
  /// Readings that wait for their turn.
  var waits = WaitingReads()
  /// When a thread was opened last, and when whoever goes through many has settled in one.
  var openedOn: Timestamp?
  var settlesOn: Timestamp?
  /// Threads that are not open and of which messages are missing, the first to be read first.
  var behind = ThreadQueue()
  /// When the next page of messages may be asked for that nobody waits for.
  var pagesDueOn: Timestamp?
  /// True when the last of them was an older page of the open thread.
  var walkedLast = false
  /// Pages that follow others and wait for their turn.
  var followUps: [FollowUp] = []
  /// What the service asked to be left alone for a while.
  var holds = ReadHolds()
  /// The next page of the list, which waits for its turn.
  var nextList: String?
  /// Threads that are to be asked about one by one, for nothing is known of them.
  var unmet = ThreadQueue()
  /// When the next page of the list or the next thread may be asked for.
  var listsDueOn: Timestamp?
  /// The name or id that the directory is to be asked for next, and when it may be.
  var wantedPeople: String?
  var directoryDueOn: Timestamp?
  /// How much the service's clock is ahead of this machine's, as its last page told; negative when it is behind.
  var serviceAhead = Duration.zero
  /// When the last answer of Chat came; `nil` before the first.
  public internal(set) var lastAnswerOn: Timestamp?

  /// Before the sign-in.
  public init() {}
}

/// Threads that wait for their turn, each once.
struct ThreadQueue: Hashable, Sendable {
  private var order: [ChatThreadID] = []
  private var members: Set<ChatThreadID> = []

  /// The one whose turn it is.
  var first: ChatThreadID? { order.first }

  mutating func append(_ id: ChatThreadID) {
    if members.insert(id).inserted { order.append(id) }
  }

  /// The first of which `matches` is true.
  func first(where matches: (ChatThreadID) -> Bool) -> ChatThreadID? { order.first(where: matches) }

  mutating func removeFirst() {
    members.remove(order.removeFirst())
  }

  mutating func remove(_ id: ChatThreadID) {
    guard members.remove(id) != nil, let index = order.firstIndex(of: id) else { return }
    order.remove(at: index)
  }
}

/// A page of messages that is to be read after another.
struct FollowUp: Hashable, Sendable {
  var thread: ChatThreadID
  var query: MessageQuery
}

/// How often Chat is asked (REALTIME 5).
public struct PollingCadence: Hashable, Sendable, Codable {
  /// Between two readings of the open thread while somebody is active.
  public var open = Duration.milliseconds(1800)
  /// Between two readings of the open thread when nothing has happened for long.
  public var idle = Duration.seconds(15)
  /// Between two readings of the thread list, and of a whole page of the open thread.
  public var list = Duration.seconds(15)
  /// Between two readings of the list and the open thread while events come: enough to notice that they do not.
  public var live = Duration.seconds(60)
  /// How long after the last activity the open thread is still read at the fast pace.
  public var activeSpan = Duration.seconds(300)

  /// The default cadence.
  public init() {}

  /// The time until the open thread is read again.
  func openInterval(sinceActivity quiet: Duration) -> Duration {
    guard quiet > activeSpan else { return open }
    let beyond = (quiet - activeSpan) / .seconds(60)
    return min(idle, open * (1 + beyond))
  }
}
