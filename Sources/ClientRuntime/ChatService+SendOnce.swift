public import ACSTypes
public import Services

extension ChatService {
  /// How long a request that went unanswered may still be at work at the service, before its message is looked for.
  private static var grace: Duration { .seconds(5) }

  /// How many pages are looked through for a message of before: a day of a busy thread.
  private static var foundWithin: Int { 500 }

  /// Sends a text so that it stands in the thread once, whatever becomes of the answers.
  ///
  /// After a request without an answer the thread is looked through for `clientID` before another goes out.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - clientID: Names the message for good, the same in every try.
  ///   - writtenOn: When the first try under this name may have been made; older messages are not looked at.
  ///   - mayHaveArrived: True when an earlier run may have sent it: then the thread is looked through first.
  ///   - thread: Where to.
  ///   - senderDisplayName: The user's name.
  ///   - patience: How long to go on trying.
  ///   - clock: Tells the time.
  ///   - timer: Waits between the tries.
  ///   - random: Spreads them.
  ///   - willWait: Is told before each wait what went wrong, and how long it takes.
  /// - Returns: The message's id, of whichever try it was.
  /// - Throws: `ServiceError`, the last one's when patience ended.
  public func sendOnce(
    _ text: String, clientID: String, writtenOn: Timestamp, mayHaveArrived: Bool,
    to thread: ChatThreadID, senderDisplayName: String, patience: Duration,
    clock: any WallClock, timer: any Timer, random: any RandomSource,
    willWait: (ServiceError, Duration) -> Void = { _, _ in }
  ) async throws -> ChatMessageID {
    let end = clock.now + patience
    var isUnsettled = mayHaveArrived
    var attempts = 0
    while true {
      do {
        if isUnsettled {
          // The clock may have been set since.
          let since = writtenOn - .seconds(300)
          if let id = try await message(
            sentAs: clientID, in: thread, since: since, clock: clock,
            pageLimit: Self.foundWithin)
          {
            return id
          }
          isUnsettled = false
        }
        attempts += 1
        return try await send(
          text, clientID: clientID, senderDisplayName: senderDisplayName, to: thread)
      } catch let error as ServiceError {
        let wasSent = !isUnsettled
        guard error.mayPass else { throw error }
        // Only a 429 tells for certain that nothing came of it.
        if wasSent, error.code != .throttled { isUnsettled = true }
        let fraction = random.fraction()
        var wait =
          BackOff.delay(
            after: error, attempts: max(attempts, 1), isSlow: false, fraction: fraction)
          ?? Self.grace
        if isUnsettled, error.code != .unreachable { wait = max(wait, Self.grace) }
        guard clock.now + wait < end else { throw error }
        willWait(error, wait)
        try await timer.wait(wait)
      }
    }
  }
}

extension ServiceError {
  /// True for what another try may not meet.
  fileprivate var mayPass: Bool {
    [.unreachable, .timedOut, .badAnswer, .serviceFailed, .throttled].contains(code)
  }
}
