/// Body of `POST /rooms` (WIRE 6).
public struct CreateRoomRequest: WireValue {
  /// When people can join; `nil` for at once.
  public var validFrom: WireTime?
  /// Until when they can; `nil` for 180 days from now.
  public var validUntil: WireTime?
  /// Whether a call in the room may call telephones; `nil` for no.
  public var pstnDialOutEnabled: Bool?
  /// Who may join.
  public var participants: RoomParticipantChanges?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    validFrom: WireTime? = nil, validUntil: WireTime? = nil, pstnDialOutEnabled: Bool? = nil,
    participants: RoomParticipantChanges? = nil
  ) {
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.pstnDialOutEnabled = pstnDialOutEnabled
    self.participants = participants
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    validFrom = try members.optional("validFrom", .value)
    validUntil = try members.optional("validUntil", .value)
    pstnDialOutEnabled = try members.optional("pstnDialOutEnabled", .bool)
    participants = try members.optional("participants", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("validFrom", validFrom)
    members.add("validUntil", validUntil)
    members.add("pstnDialOutEnabled", pstnDialOutEnabled)
    members.add("participants", participants)
    return members.json(with: unknown)
  }
}
