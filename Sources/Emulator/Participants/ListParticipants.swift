import ACSTypes
import ACSWire

extension Core {
  /// `GET /chat/threads/{t}/participants` (WIRE 4.1).
  func listParticipants(
    _ exchange: Exchange, for caller: ChatCaller, of threadID: String
  ) throws -> HTTPResponse {
    let thread = try openThread(threadID, of: caller).thread
    return .json(
      try Paging.skipping(
        exchange, path: "/chat/threads/\(thread.id)/participants",
        all: try store.participants(in: thread.id),
        model: { ChatParticipantModel($0, to: exchange) }))
  }
}
