import ACSTypes
import ACSWire
import ServiceAuth

extension Core {
  /// `GET /chat/threads/{t}/messages`: newest first, from when the caller may see the history.
  ///
  /// `startTime` leaves out what arrived earlier; a later edit does not bring it back.
  func listMessages(
    _ exchange: Exchange, for caller: ChatCaller, in threadID: String
  ) throws -> HTTPResponse {
    let (thread, participant) = try openThread(threadID, of: caller)
    let size = min(try Paging.size(exchange), rules.messagesPageLimit ?? .max)
    let start = try exchange.query.time("startTime") ?? .epoch
    let before = try exchange.query["syncState"].map { try MessageSyncState.before($0) } ?? .max
    let rows = try store.messages(
      in: thread.id, from: max(start, participant.shareHistoryTime).milliseconds, before: before,
      limit: size + 1)
    let shown = rows.prefix(size)
    var page = PageModel(value: try shown.map { try ChatMessageModel(row: $0) })
    if rows.count > size, let oldest = shown.last {
      // The path stands unencoded in the service's links (WIRE 12.7).
      page.nextLink = Paging.link(
        exchange, path: "/chat/threads/\(thread.id)/messages",
        [
          "syncState": MessageSyncState.text(before: oldest.id),
          "startTime": exchange.query["startTime"],
          "maxPageSize": exchange.query["maxPageSize"],
        ])
    }
    return .json(page)
  }
}

/// Where a list of messages goes on: hexadecimal digits, as the service writes it (WIRE 12.7).
enum MessageSyncState {
  /// The text of a place.
  static func text(before id: Int64) -> String { String(id, radix: 16) }

  /// The place in a link.
  ///
  /// - Throws: ``Refusal`` with status 400 when it is none of ours.
  static func before(_ text: String) throws(Refusal) -> Int64 {
    guard let id = Int64(text, radix: 16) else {
      throw Refusal(
        400, "BadRequest", "Value for syncState is not valid.",
        why: "syncState should come unchanged from a nextLink.")
    }
    return id
  }
}
