import ACSTypes
import ACSWire

extension Core {
  /// `GET /rooms/{id}/participants`, in the order in which they came.
  func listRoomParticipants(_ exchange: Exchange, id: String) throws -> HTTPResponse {
    let room = try room(id)
    let size = try Paging.size(exchange)
    let rows = try store.participants(
      of: room, after: try exchange.continuation(), limit: size + 1)
    var page = PageModel(value: rows.prefix(size).map(\.participant))
    if rows.count > size {
      page.nextLink = exchange.link(
        path: "/rooms/\(room.id)/participants", after: rows[size - 1].place)
    }
    return .json(page)
  }
}
