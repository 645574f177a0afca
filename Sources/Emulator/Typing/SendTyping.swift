import ACSTypes
import ACSWire

extension Core {
  /// `POST /chat/threads/{t}/typing`: 200 and nothing; the body may be absent.
  ///
  /// Typing travels by real-time notices only, which the emulator does not have: the request is checked and forgotten.
  func sendTyping(
    _ exchange: Exchange, by caller: ChatCaller, in threadID: String
  ) throws -> HTTPResponse {
    let thread = try openThread(threadID, of: caller).thread
    _ = try exchange.optionalBody(as: TypingNotificationRequest.self)
    try checkNotices(in: thread)
    return .empty(200)
  }
}
