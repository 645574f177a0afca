/// Body of `PATCH /rooms/{id}/participants` (WIRE 6).
public struct UpdateRoomParticipantsRequest: WireValue {
  /// Who is added, changed and removed; others stay as they are.
  public var participants: RoomParticipantChanges?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(participants: RoomParticipantChanges?) {
    self.participants = participants
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    participants = try members.optional("participants", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("participants", participants)
    return members.json(with: unknown)
  }
}
