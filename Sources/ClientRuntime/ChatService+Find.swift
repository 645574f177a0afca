import ACSTypes
import Services

extension ChatService {
  /// How much the service's clock may be behind ours without a word of it.
  private static var clockDifference: Duration { .seconds(5) }

  /// Looks for the message that was sent under `clientID`, among those that arrived since `since`.
  ///
  /// - Parameters:
  ///   - clientID: The name under which it was sent.
  ///   - thread: Where to.
  ///   - since: By `clock`; where the service's answers tell of another time, theirs is meant.
  ///   - clock: This machine's.
  ///   - pageLimit: How many pages are looked through; as many as the service gives at once if not given.
  /// - Returns: Its id; `nil` when there is none.
  /// - Throws: `ServiceError`, with code `.undecided` when there are too many messages to know.
  func message(
    sentAs clientID: String, in thread: ChatThreadID, since: Timestamp, clock: any WallClock,
    pageLimit: Int = 40
  ) async throws -> ChatMessageID? {
    var since = since
    var isClockKnown = false
    var next: String?
    for _ in 0..<pageLimit {
      let page = try await messages(in: thread, startTime: since, next: next)
      if let found = page.values.first(where: { $0.clientID == clientID }) { return found.id }
      let behind = page.servedOn.map { clock.now - $0 } ?? .zero
      if !isClockKnown, behind > Self.clockDifference {
        since = since - behind
        isClockKnown = true
        continue
      }
      isClockKnown = true
      let oldest = page.values.last.map { Timestamp(milliseconds: $0.id.place) } ?? .epoch
      guard let link = page.nextLink, oldest >= since else { return nil }
      next = link
    }
    throw ServiceError(
      .undecided,
      "Whether it was sent cannot be told: too much was written since. "
        + "Look for it, then send it again or take it back.")
  }
}
