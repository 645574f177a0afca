import ACSTypes
import ACSWire

extension Core {
  /// `GET /rooms`: all that were not deleted, over or not, in the order in which they were made.
  func listRooms(_ exchange: Exchange) throws -> HTTPResponse {
    let size = try Paging.size(exchange)
    let rows = try store.rooms(after: try exchange.continuation(), limit: size + 1)
    var page = PageModel(value: rows.prefix(size).map { exchange.model(of: $0.room) })
    if rows.count > size {
      page.nextLink = exchange.link(path: "/rooms", after: rows[size - 1].place)
    }
    return .json(page)
  }
}

extension Exchange {
  /// The place after which the page begins; 0 for the first one.
  func continuation() throws(Refusal) -> Int {
    try query.integer("continuationToken", from: 0) ?? 0
  }

  /// The link to the page after `place`.
  func link(path: String, after place: Int64) -> String {
    Paging.link(
      self, path: path,
      ["continuationToken": String(place), "maxPageSize": query["maxPageSize"]])
  }
}
