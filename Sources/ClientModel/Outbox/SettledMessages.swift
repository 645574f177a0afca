import ACSTypes

/// Where messages of ours that were seen at the service lately are, to know a twin of one: a second try of the same sending.
struct SettledMessages: Hashable, Sendable {
  private struct Key: Hashable {
    var thread: ChatThreadID
    var clientID: String
  }

  /// How many are known at most; the oldest half is forgotten then.
  static let limit = 2048
  /// Two with the same client id are tries of one sending when so little time lies between them: a script may use a name
  /// again another day.
  private static let span: Int64 = 10 * 60 * 1000

  private var messages: [Key: ChatMessageID] = [:]
  private var order: [Key] = []

  /// The message that a client id became.
  func message(of clientID: String, in thread: ChatThreadID) -> ChatMessageID? {
    messages[Key(thread: thread, clientID: clientID)]
  }

  /// True when both are tries of one sending, given that they have the same client id.
  static func areTwins(_ one: ChatMessageID, _ other: ChatMessageID) -> Bool {
    // The service tells the places: they may be as far apart as numbers can.
    let (distance, isTooFar) = one.place.subtractingReportingOverflow(other.place)
    return one != other && !isTooFar && (-span...span).contains(distance)
  }

  mutating func note(_ message: ChatMessageID, of clientID: String, in thread: ChatThreadID) {
    let key = Key(thread: thread, clientID: clientID)
    guard messages.updateValue(message, forKey: key) == nil else { return }
    order.append(key)
    guard order.count > Self.limit else { return }
    for old in order.prefix(Self.limit / 2) { messages[old] = nil }
    order.removeFirst(Self.limit / 2)
  }
}
