import ACSTypes
import ACSWire

extension Core {
  /// `PATCH /rooms/{id}`: what is absent or `null` stays (WIRE 12.8).
  func updateRoom(_ exchange: Exchange, id: String) throws -> HTTPResponse {
    var room = try room(id)
    let body = try exchange.body(as: UpdateRoomRequest.self)
    // A room that is over may still be changed otherwise.
    if body.validFrom != nil || body.validUntil != nil {
      room.validity = try RoomValidity(
        body.validFrom ?? room.validity.from, body.validUntil ?? room.validity.until,
        now: exchange.now)
    }
    if let isEnabled = exchange.dialOut(body.pstnDialOutEnabled) {
      room.pstnDialOutEnabled = isEnabled
    }
    try store.updateRoom(room)
    return .json(exchange.model(of: room))
  }
}
