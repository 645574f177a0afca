import ACSTypes
import ACSWire

extension Core {
  /// `GET /chat/threads/{t}/readReceipts`, the caller's own included (WIRE 12.3).
  func listReadReceipts(
    _ exchange: Exchange, for caller: ChatCaller, in threadID: String
  ) throws -> HTTPResponse {
    let thread = try openThread(threadID, of: caller).thread
    return .json(
      try Paging.skipping(
        exchange, path: "/chat/threads/\(thread.id)/readReceipts",
        all: try store.receipts(in: thread.id), model: { $0 }))
  }
}
