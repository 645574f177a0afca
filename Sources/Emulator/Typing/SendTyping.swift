import ACSTypes
import ACSWire

extension Core {
  /// `POST /chat/threads/{t}/typing`: 200 and nothing; the body may be absent.
  ///
  /// Typing travels by real-time events only; nothing is kept.
  func sendTyping(
    _ exchange: Exchange, by caller: ChatCaller, in threadID: String
  ) throws -> HTTPResponse {
    let thread = try openThread(threadID, of: caller).thread
    let body = try exchange.optionalBody(as: TypingNotificationRequest.self)
    try checkNotices(in: thread)
    try note(
      .typing(displayName: body?.senderDisplayName), in: thread.id, by: caller, now: exchange.now)
    return .empty(200)
  }
}
