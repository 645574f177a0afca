import ACSTypes
import ACSWire

extension Core {
  /// `PATCH /rooms/{id}/participants`: whom the body does not name stays (WIRE 6, 12.10).
  func updateRoomParticipants(_ exchange: Exchange, id: String) throws -> HTTPResponse {
    let room = try room(id)
    let body = try exchange.body(as: UpdateRoomParticipantsRequest.self)
    try apply(body.participants, to: room, exchange)
    return .json(JSONValue.object([:]))
  }

  /// Adds, changes and removes participants: all, or with the request's transaction none.
  ///
  /// Whether an identity exists is not asked: who is invited need not be known yet.
  func apply(
    _ changes: RoomParticipantChanges?, to room: RoomRow, _ exchange: Exchange
  ) throws {
    for entry in changes?.entries ?? [] {
      try check(CommunicationIdentifier(rawID: entry.rawID))
      switch entry.change {
      case .remove: try store.removeParticipant(entry.rawID, from: room)
      case .put(let properties):
        let role = properties.role ?? .attendee
        try exchange.check(role, of: entry.rawID)
        try store.putParticipant(
          RoomParticipantModel(rawID: entry.rawID, role: role), in: room)
      }
    }
  }
}

extension Exchange {
  /// Refuses a role that the request's api-version does not have.
  fileprivate func check(_ role: RoomRole, of rawID: String) throws(Refusal) {
    var known: [RoomRole] = [.presenter, .attendee, .consumer]
    if version(of: .rooms) >= "2025-03-13" { known.append(.collaborator) }
    guard known.contains(role) else {
      throw Refusal(
        400, "BadRequest", "The role is invalid.", target: "participants",
        why: "The role of \(rawID) is \(role.rawValue); this api-version has "
          + "\(known.map(\.rawValue).joined(separator: ", ")).")
    }
  }
}
