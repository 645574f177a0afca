public import ACSTypes

/// Somebody's place in a room, as `GET /rooms/{id}/participants` lists it (WIRE 6).
public struct RoomParticipantModel: WireValue {
  /// The raw id; Rooms has no identifier objects.
  public var rawID: String
  /// What the participant may do.
  public var role: RoomRole
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(rawID: String, role: RoomRole) {
    self.rawID = rawID
    self.role = role
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    rawID = try members.required("rawId", .string)
    role = RoomRole(rawValue: try members.required("role", .string))
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("rawId", rawID)
    members.add("role", role.rawValue)
    return members.json(with: unknown)
  }
}
