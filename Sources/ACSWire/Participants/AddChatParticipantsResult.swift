/// Answer of `POST /chat/threads/{t}/participants/:add`; 201 even when some were not taken (WIRE 4.4).
public struct AddChatParticipantsResult: WireValue {
  /// Those who were not taken, with the reason.
  public var invalidParticipants: [ServiceErrorModel]?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(invalidParticipants: [ServiceErrorModel]? = nil) {
    self.invalidParticipants = invalidParticipants
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    invalidParticipants = try members.optional("invalidParticipants", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("invalidParticipants", invalidParticipants)
    return members.json(with: unknown)
  }
}
