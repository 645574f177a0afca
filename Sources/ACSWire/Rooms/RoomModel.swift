/// A room as every operation on one answers it (WIRE 6).
public struct RoomModel: WireValue {
  /// A number of 16 or 17 digits, as text.
  public var id: String
  /// When the room was made.
  public var createdAt: WireTime
  /// Nobody can join before.
  public var validFrom: WireTime
  /// Nobody can join after.
  public var validUntil: WireTime
  /// Whether a call in the room may call telephones; `nil` before api-version 2024-04-15, which does not have it.
  public var pstnDialOutEnabled: Bool?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    id: String, createdAt: WireTime, validFrom: WireTime, validUntil: WireTime,
    pstnDialOutEnabled: Bool? = nil
  ) {
    self.id = id
    self.createdAt = createdAt
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.pstnDialOutEnabled = pstnDialOutEnabled
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    id = try members.required("id", .string)
    createdAt = try members.required("createdAt", .value)
    validFrom = try members.required("validFrom", .value)
    validUntil = try members.required("validUntil", .value)
    pstnDialOutEnabled = try members.optional("pstnDialOutEnabled", .bool)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("id", id)
    members.add("createdAt", createdAt)
    members.add("validFrom", validFrom)
    members.add("validUntil", validUntil)
    members.add("pstnDialOutEnabled", pstnDialOutEnabled)
    return members.json(with: unknown)
  }
}
