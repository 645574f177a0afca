import ACSTypes
import ACSWire

extension Core {
  /// `GET /rooms/{id}` (WIRE 6).
  func getRoom(_ exchange: Exchange, id: String) throws -> HTTPResponse {
    .json(exchange.model(of: try room(id)))
  }

  /// The room of that id.
  ///
  /// - Throws: ``Refusal`` with status 400 for what is no id of a room, and 404 when there is none, or was (WIRE 12.10).
  func room(_ id: String) throws -> RoomRow {
    guard (16...17).contains(id.utf8.count), id.hasPrefix("99"),
      id.utf8.allSatisfy({ (48...57).contains($0) })
    else {
      throw Refusal(
        400, "BadRequest", "The room id is invalid.",
        why: "\(id) is no room id; those have 16 or 17 digits and begin with 99.")
    }
    guard let room = try store.room(id) else {
      throw Refusal(
        404, "NotFound", "The room was not found.",
        why: "The resource \(resource.id) has no room \(id); it was deleted, or is another "
          + "resource's.")
    }
    return room
  }
}

extension Exchange {
  /// The room as the request's api-version writes it.
  func model(of room: RoomRow) -> RoomModel {
    RoomModel(
      id: room.id, createdAt: WireTime(identity: room.createdOn), validFrom: room.validity.from,
      validUntil: room.validity.until, pstnDialOutEnabled: dialOut(room.pstnDialOutEnabled))
  }

  /// The flag `pstnDialOutEnabled`, where the request's api-version has it.
  func dialOut(_ isEnabled: Bool?) -> Bool? {
    version(of: .rooms) >= "2024-04-15" ? isEnabled : nil
  }
}
