public import ACSTypes

/// What is known of one thread's messages, and how the person looks at them.
///
/// Messages are in the order of their numeric ids and nothing is twice; `MessageRevision` tells which account holds.
public struct Conversation: Hashable, Sendable {
  /// How many messages are kept in memory.
  public static let window = 2000
  /// How many messages are looked at for the newest that somebody did not write.
  private static let tail = 50

  /// Where the view stands.
  public enum Anchor: Hashable, Sendable {
    /// At the newest message; new ones push the rest up.
    case bottom
    /// The lowest row shown is row `line` of the message at `place`.
    case row(place: Int64, line: Int)
  }

  /// The messages, oldest first.
  public internal(set) var messages = MessageWindow()
  /// True when who is in the thread may have changed since it was asked.
  var isRosterUnsure = false
  /// Who is in the thread; empty until read.
  public internal(set) var participants: [ChatParticipant] = []
  /// Who types now.
  public internal(set) var typing: [CommunicationIdentifier: Typing] = [:]
  /// When the others were last told that the user types.
  var typingToldOn: Timestamp?
  /// Up to where each of the others has read.
  public internal(set) var receipts: [CommunicationIdentifier: ChatMessageReadReceipt] = [:]
  /// The version of the newest coming or going that is known of each.
  var memberships: [CommunicationIdentifier: Int64] = [:]
  /// Which stretches of the history have been read whole, from an oldest place to a newest version; kept.
  var coverage = Coverage()
  /// The version up to which no message is missing that was sent since the first reading; kept.
  var syncedUpTo: Int64 = 0
  /// The second of the newest message, when the last reading came so soon after it that more may have been sent in it: the
  /// list of threads tells of no other; kept.
  var unsureSecond: Int64?
  /// The time of its newest message as the list told it before it was last read.
  var checkedFor: Timestamp?
  /// The reading of several pages that is under way.
  var chain: MessageChain?
  /// How far down the service's pages were read in this run; `nil` before its newest one was read whole.
  var walk: HistoryWalk?
  /// When the newest page was asked for last.
  var newestAsked: HistoryWalk.Beginning?
  /// The place of the oldest message in memory when the person wanted those before it; `nil` once they are here.
  var olderWanted: Int64?
  /// A message that the person went to, which is to be read again by itself.
  var unsure: ChatMessageID?
  /// False while newer messages are kept than are in memory.
  public internal(set) var isAtEnd = true
  /// True when none is kept that is older than those in memory.
  var isStoreRead = false
  /// True once the oldest message is loaded.
  public internal(set) var hasBeginning = false
  /// True once a first page has come, from this machine or from the service.
  public internal(set) var isLoaded = false
  /// True once the service has told the newest messages, in this run.
  public internal(set) var isCurrent = false
  /// Where the view stands.
  public internal(set) var anchor = Anchor.bottom
  /// The message under the selection while messages have the focus.
  public internal(set) var selected: ChatMessageID?
  /// The message that is to be shown as soon as it is read.
  var wanted: ChatMessageID?
  /// What the person was writing when they left the thread.
  public internal(set) var draft = ""
  /// The edit that was under way when the person left the thread, as it was being written.
  var unfinishedEdit: Composer?
  /// Up to when the person had seen the thread when they came to it; a line shows what is new since; `nil` for no line.
  public internal(set) var leftOff: Timestamp?
  /// The newest message for which a read receipt was sent.
  public internal(set) var receiptSentFor: ChatMessageID?

  /// False once messages were let go of that the disk did not take: then nothing is said of what is there.
  var isKeptWhole = true

  /// Nothing known yet.
  public init() {}

  /// The newest message's version or id, whichever is later: where the next reading starts from.
  public internal(set) var newestVersion: Int64 = 0

  /// The place of `id` among ``messages``.
  public func index(of id: ChatMessageID) -> Int? {
    messages.index(of: id)
  }

  /// The version of `id` that is here; `nil` when it is not.
  func version(of id: ChatMessageID) -> Int64? {
    messages.index(of: id).map { messages.version(at: $0) }
  }

  /// True when `id` is here as a tombstone.
  func isDeleted(_ id: ChatMessageID) -> Bool {
    messages.index(of: id).map { messages[$0].deletedOn != nil } ?? false
  }

  /// Puts a message where it belongs; whoever puts the last of some calls ``trim()`` after it.
  ///
  /// - Complexity: O(1) at the end, O(log n) to find the place elsewhere.
  @discardableResult
  mutating func put(_ message: ChatMessage) -> Putting {
    noteVersion(of: message)
    let (index, isThere) = messages.position(of: message.id)
    guard isThere else {
      messages.insert(message, at: index)
      return .added
    }
    guard messages[index].revision < message.revision else { return .nothing }
    messages.replace(at: index, with: message)
    return .replaced
  }

  /// What putting a message where it belongs changed.
  enum Putting {
    /// It was not known before.
    case added
    /// It was known as another version.
    case replaced
    /// It was known as it is, or as a later version.
    case nothing
  }

  /// How a message that came was taken in.
  struct Arrival {
    /// True when it belongs among those in memory.
    var isAdmitted = false
    /// True when it is in memory now and was not before.
    var isNew = false
    /// True when it was in memory as it is, or as a later version.
    var isKnown = false
    /// True when no other is in memory.
    var isOnly = false
  }

  /// Takes in a message that came, if it belongs among those in memory; all at once, for it comes often.
  ///
  /// `reach` is the page's; `nil` for a message that came by itself.
  mutating func take(_ message: ChatMessage, downTo reach: Int64?) -> Arrival {
    var arrival = Arrival()
    let place = message.id.place
    let first = messages.isEmpty ? nil : messages.place(at: 0)
    arrival.isAdmitted = admits(place, downTo: reach ?? self.reach)
    guard arrival.isAdmitted else {
      noteVersion(of: message)
      return arrival
    }
    let putting = put(message)
    arrival.isNew = putting == .added
    arrival.isKnown = putting == .nothing
    arrival.isOnly = arrival.isNew && first == nil
    if reach == nil, arrival.isNew { trim() }
    return arrival
  }

  /// Gives all messages up; what stands elsewhere is read again.
  mutating func forgetMessages() {
    messages = MessageWindow()
    anchor = .bottom
    selected = nil
    hasBeginning = false
    isLoaded = false
    isCurrent = false
    isAtEnd = true
    isStoreRead = false
    olderWanted = nil
    unsure = nil
  }

  /// Gives all messages up, but not while they are read down to what is known: that would lose its way.
  ///
  /// - Returns: Whether it did.
  mutating func letGo() -> Bool {
    guard chain == nil else { return false }
    forgetMessages()
    return true
  }

  /// The newest version that is known and can be: one that is later than `latest` tells nothing.
  func knownUpTo(_ latest: Timestamp) -> Int64 {
    newestVersion <= latest.milliseconds ? newestVersion : syncedUpTo
  }

  mutating func noteVersion(of message: ChatMessage) {
    newestVersion = max(newestVersion, message.version, message.id.place)
  }

  /// True when a message at `place` belongs among those in memory, so that none is missing between two of them.
  ///
  /// Down to `reach` nothing is missing between what came and those in memory.
  func admits(_ place: Int64, downTo reach: Int64) -> Bool {
    guard !messages.isEmpty else { return isAtEnd && (reach <= place || place > syncedUpTo) }
    if place > messages.place(at: messages.count - 1) { return isAtEnd }
    return place >= messages.place(at: 0) || place >= reach
  }

  /// True when a message at `place` that came by itself belongs among those in memory.
  func admitsByItself(_ place: Int64) -> Bool { admits(place, downTo: reach) }

  /// Down to where nothing is missing between a message that came by itself and those in memory.
  var reach: Int64 {
    // A few that came by themselves, perhaps out of turn: they make room for what is read.
    !messages.isEmpty && (hasBeginning || !isLoaded) ? .min : .max
  }

  /// Down to where nothing is missing between the messages of a page and those in memory.
  func reach(of query: MessageQuery) -> Int64 {
    switch query {
    case .newest: return .min
    case .since(let start): return start.milliseconds
    case .older(let link):
      guard let walk, walk.link == link, !messages.isEmpty else { return .max }
      return messages.place(at: 0) <= walk.reached ? .min : .max
    case .more(let link, let since):
      // Those that join this page to what is in memory may have been let go of.
      guard let chain, chain.link == link, !messages.isEmpty, messages.place(at: 0) <= chain.reached
      else {
        return .max
      }
      return chain.hasStart ? since.milliseconds : .min
    }
  }

  /// Lets go of the newest messages, which are kept, while the person looks at old ones.
  mutating func trimNewest() {
    guard messages.count > Conversation.window + 200, anchor != .bottom else { return }
    messages.removeLast(messages.count - Conversation.window)
    isAtEnd = false
  }

  /// Lets go of the oldest messages, which are kept.
  mutating func trimOldest() {
    guard messages.count > Conversation.window + 200 else { return }
    removeOldest(messages.count - Conversation.window)
  }

  /// Lets go of messages before `place`, which are kept.
  mutating func removeOlder(than place: Int64) {
    let count = messages.insertionIndex(of: place)
    if count > 0 { removeOldest(count) }
  }

  private mutating func removeOldest(_ count: Int) {
    messages.removeFirst(count)
    hasBeginning = false
    isStoreRead = false
  }

  /// The newest message that somebody other than `person` wrote; `nil` when there is none among the newest.
  ///
  /// Receipts for what came before one from the far future would end with it: `latest` leaves it out.
  func newestSent(
    upTo latest: Timestamp? = nil, notBy person: CommunicationIdentifier
  ) -> ChatMessageID? {
    let index = messages.indices.suffix(Conversation.tail).last { index in
      messages.place(at: index) <= latest?.milliseconds ?? .max
        && messages.sender(at: index).map { $0 != person } ?? false
    }
    return index.map { messages[$0].id }
  }

  /// Lets go of those that are farthest from what the person looks at.
  mutating func trim() {
    guard messages.count > Conversation.window + 200 else { return }
    guard case .row(let place, _) = anchor else { return trimOldest() }
    if messages.insertionIndex(of: place) > messages.count / 2 {
      trimOldest()
    } else {
      trimNewest()
    }
  }
}
