import ACSTypes
import ACSWire

extension Core {
  /// `GET /chat/threads`: those that changed last first, deleted ones included (WIRE 4.3).
  func listThreads(_ exchange: Exchange, of caller: ChatCaller) throws -> HTTPResponse {
    let size = try Paging.size(exchange)
    let start = try exchange.query.time("startTime") ?? .epoch
    var state = try exchange.query["syncState"].map { try SyncState($0) } ?? SyncState()
    let rows = try store.threads(
      of: caller.identity.rawID, notIn: state.seen, from: start, limit: size + 1)
    let shown = rows.prefix(size)
    var page = PageModel(
      value: shown.map { row in
        ChatThreadItem(
          id: row.id, topic: row.topic, deletedOn: row.deletedOn.map(WireTime.init(chat:)),
          lastMessageReceivedOn: row.lastMessageOn.map(WireTime.init(chat:)))
      })
    if rows.count > size, let newest = shown.first, let oldest = shown.last {
      // Not up to now: what changes in this very moment is to come on the next page.
      state.show(from: oldest.changedOn, to: newest.changedOn)
      page.nextLink = Paging.link(
        exchange, path: "/chat/threads",
        [
          "syncState": state.text, "startTime": exchange.query["startTime"],
          "maxPageSize": exchange.query["maxPageSize"],
        ])
    }
    return .json(page)
  }
}
