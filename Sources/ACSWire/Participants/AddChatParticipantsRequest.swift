/// Body of `POST /chat/threads/{t}/participants/:add` (WIRE 4.1).
public struct AddChatParticipantsRequest: WireValue {
  /// Whom to add.
  public var participants: [ChatParticipantModel]
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(participants: [ChatParticipantModel]) {
    self.participants = participants
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    participants = try members.required("participants", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("participants", participants)
    return members.json(with: unknown)
  }
}
