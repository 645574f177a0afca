import ACSTypes
import Services

extension ChatService {
  /// How many pages are looked through; a thread whose messages of minutes fill more is not followed.
  private static var pageLimit: Int { 20 }

  /// The message that was sent under `clientID`, among those that arrived since `since`; `nil` when none was.
  ///
  /// - Throws: `ServiceError`, also when there are too many messages to know.
  func message(sentAs clientID: String, in thread: ChatThreadID, since: Timestamp) async throws
    -> ChatMessageID?
  {
    var next: String?
    for _ in 0..<Self.pageLimit {
      let page = try await messages(in: thread, startTime: since, next: next)
      if let found = page.values.first(where: { $0.clientID == clientID }) { return found.id }
      let oldest = page.values.last.map { Timestamp(milliseconds: $0.id.place) } ?? .epoch
      guard let link = page.nextLink, oldest >= since else { return nil }
      next = link
    }
    throw ServiceError(.badAnswer, "The thread has too many messages to look for one in.")
  }
}
