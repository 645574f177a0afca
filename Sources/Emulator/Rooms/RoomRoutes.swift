extension Router {
  /// Rooms (WIRE 6).
  static let roomRoutes: [Route] = [
    Route("POST", "/rooms", .service { core, exchange, _ in try core.createRoom(exchange) }),
    Route("GET", "/rooms", .service { core, exchange, _ in try core.listRooms(exchange) }),
    Route("GET", "/rooms/{}", .service { try $0.getRoom($1, id: $2[0]) }),
    Route("PATCH", "/rooms/{}", .service { try $0.updateRoom($1, id: $2[0]) }),
    Route("DELETE", "/rooms/{}", .service { core, _, ids in try core.deleteRoom(id: ids[0]) }),
    Route(
      "GET", "/rooms/{}/participants", .service { try $0.listRoomParticipants($1, id: $2[0]) }),
    Route(
      "PATCH", "/rooms/{}/participants",
      .service { try $0.updateRoomParticipants($1, id: $2[0]) }),
  ]
}
