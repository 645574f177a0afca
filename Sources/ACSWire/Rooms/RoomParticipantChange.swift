public import ACSTypes

/// What a request does to one participant of a room.
public enum RoomParticipantChange: WireValue {
  /// Adds somebody, or changes the role of who is there.
  case put(RoomParticipantProperties)
  /// Takes somebody out; `null` on the wire.
  case remove

  /// Adds somebody with a role; the service takes Attendee for `nil`.
  public static func put(as role: RoomRole?) -> RoomParticipantChange {
    .put(RoomParticipantProperties(role: role))
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    self = json.isNull ? .remove : .put(try RoomParticipantProperties(json: json))
  }

  /// The participant's properties, or `null`.
  public var json: JSONValue {
    switch self {
    case .put(let properties): properties.json
    case .remove: .null
    }
  }
}

/// What a room keeps of a participant.
public struct RoomParticipantProperties: WireValue {
  /// What the participant may do; the service takes Attendee for `nil` and for `null` (WIRE 12.10).
  public var role: RoomRole?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(role: RoomRole? = nil) {
    self.role = role
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    role = try members.optional("role", .string).map(RoomRole.init)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("role", role?.rawValue)
    return members.json(with: unknown)
  }
}
