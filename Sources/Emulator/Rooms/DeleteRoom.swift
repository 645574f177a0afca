import ACSTypes

extension Core {
  /// `DELETE /rooms/{id}`: it is 404 afterwards (WIRE 12.10).
  func deleteRoom(id: String) throws -> HTTPResponse {
    try store.deleteRoom(try room(id).id)
    return .empty(204)
  }
}
