/// Body of `PATCH /rooms/{id}`: what is `nil` stays as it is (WIRE 6).
public struct UpdateRoomRequest: WireValue {
  /// When people can join.
  public var validFrom: WireTime?
  /// Until when they can.
  public var validUntil: WireTime?
  /// Whether a call in the room may call telephones.
  public var pstnDialOutEnabled: Bool?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    validFrom: WireTime? = nil, validUntil: WireTime? = nil, pstnDialOutEnabled: Bool? = nil
  ) {
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.pstnDialOutEnabled = pstnDialOutEnabled
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    validFrom = try members.optional("validFrom", .value)
    validUntil = try members.optional("validUntil", .value)
    pstnDialOutEnabled = try members.optional("pstnDialOutEnabled", .bool)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("validFrom", validFrom)
    members.add("validUntil", validUntil)
    members.add("pstnDialOutEnabled", pstnDialOutEnabled)
    return members.json(with: unknown)
  }
}
