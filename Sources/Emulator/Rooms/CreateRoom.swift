import ACSTypes
import ACSWire

extension Core {
  /// `POST /rooms` (WIRE 6); a repeated request gets the first one's answer.
  func createRoom(_ exchange: Exchange) throws -> HTTPResponse {
    let repeatable = try RepeatableRequest(exchange)
    if let repeatable, let earlier = try store.answer(to: repeatable) {
      return created(earlier, isRepeatable: true)
    }
    let body = try exchange.body(as: CreateRoomRequest.self)
    let validity = try RoomValidity(body.validFrom, body.validUntil, now: exchange.now)
    let room = RoomRow(
      id: ids.roomID(), createdOn: exchange.now, validity: validity,
      pstnDialOutEnabled: exchange.dialOut(body.pstnDialOutEnabled) ?? false)
    try store.insertRoom(room)
    try apply(body.participants, to: room, exchange)
    let model = exchange.model(of: room)
    if let repeatable { try store.remember(model, to: repeatable, now: exchange.now) }
    return created(model, isRepeatable: repeatable != nil)
  }

  private func created(_ room: RoomModel, isRepeatable: Bool) -> HTTPResponse {
    var response = HTTPResponse.json(room, status: 201)
    // A bare id, no address.
    response.headers["Location"] = room.id
    if isRepeatable { response.headers["Repeatability-Result"] = "accepted" }
    return response
  }
}
