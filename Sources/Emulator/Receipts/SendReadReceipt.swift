import ACSTypes
import ACSWire

extension Core {
  /// `POST /chat/threads/{t}/readReceipts`: 200 and nothing.
  func sendReadReceipt(
    _ exchange: Exchange, by caller: ChatCaller, in threadID: String
  ) throws -> HTTPResponse {
    let (thread, participant) = try openThread(threadID, of: caller)
    let body = try exchange.body(as: SendReadReceiptRequest.self)
    let message = try knownMessage(body.chatMessageID, in: thread, for: participant)
    try checkNotices(in: thread)
    try store.insertReceipt(
      message.id, of: participant.identity, in: thread.id, now: exchange.now)
    try note(.messageRead(message.id), in: thread.id, by: caller, now: exchange.now)
    return .empty(200)
  }

  /// Refuses typing notices and read receipts in large threads (WIRE 4.5).
  func checkNotices(in thread: ThreadRow) throws {
    guard try store.participants(in: thread.id).count <= ParticipantLimits.receipts else {
      throw Refusal.forbidden(
        "Typing notices and read receipts are for threads of at most "
          + "\(ParticipantLimits.receipts) participants.")
    }
  }
}
