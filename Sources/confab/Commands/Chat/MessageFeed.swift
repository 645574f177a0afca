import ACSTypes

/// What has been told of one thread, so that each message, edit and deletion is told once, however often and from
/// wherever it comes.
struct MessageFeed: Sendable {
  /// How many messages are remembered; older ones count as told.
  private static let capacity = 4000

  private var told: [ChatMessageID: MessageRevision] = [:]
  /// Messages up to this place were there before anything was told, or were forgotten.
  private var floor: Int64
  /// Up to this place the thread was read without a hole: the next reading need not go further back.
  ///
  /// Events do not move it, since messages may be missing before the one that an event brings.
  private(set) var readUpTo: Int64
  private var wasRead = false

  /// A feed that tells what arrives after `moment`; one without thousandths stands for its whole second, or for what of it
  /// the first reading finds.
  init(since moment: Timestamp) {
    floor = moment.lastPlace
    readUpTo = floor
  }

  /// A feed that tells all that comes after `known`, which is the newest page of the thread or more of it.
  init(known: [ChatMessage]) {
    floor = known.map(\.id.place).max() ?? 0
    readUpTo = floor
    wasRead = true
    for message in known { told[message.id] = message.revision }
  }

  /// A whole reading, in any order: all messages from the newest back to ``readUpTo``, or further.
  ///
  /// - Returns: What is new of them, oldest first.
  mutating func read(_ messages: [ChatMessage], in thread: ChatThreadID) -> [ChatNews] {
    let sorted = messages.sorted { $0.id.place < $1.id.place }
    let news = sorted.compactMap { take($0, in: thread, isTold: false) }
    let newest = sorted.last?.id.place ?? 0
    readUpTo = wasRead ? max(readUpTo, newest) : newest
    // What was not there to be found is new when it comes, though the moment from which on news are told is not past it.
    if !wasRead { floor = min(floor, newest) }
    wasRead = true
    forgetOldest()
    return news
  }

  /// A message as an event brings it.
  mutating func happened(_ message: ChatMessage, in thread: ChatThreadID) -> ChatNews? {
    take(message, in: thread, isTold: true)
  }

  /// `isTold` when something just happened to it: then a message from before is news, too.
  private mutating func take(
    _ message: ChatMessage, in thread: ChatThreadID, isTold: Bool
  ) -> ChatNews? {
    let revision = message.revision
    let known = told[message.id]
    guard known.map({ $0 < revision }) ?? true else { return nil }
    told[message.id] = revision
    if let known {
      // The list tells more of what an event told already, but nothing new.
      guard known.version < revision.version || known.isDeleted != revision.isDeleted else {
        return nil
      }
      return message.deletedOn == nil ? .edited(thread, message) : .deleted(thread, message)
    }
    let isOld = message.id.place <= floor
    guard !isOld || isTold else { return nil }
    if message.deletedOn != nil { return .deleted(thread, message) }
    return isOld && message.editedOn != nil ? .edited(thread, message) : .received(thread, message)
  }

  private mutating func forgetOldest() {
    guard told.count > MessageFeed.capacity else { return }
    let places = told.keys.map(\.place).sorted()
    // What was not read yet would else count as told.
    let end = min(places[places.count / 2], readUpTo)
    told = told.filter { $0.key.place > end }
    floor = max(floor, end)
  }
}
