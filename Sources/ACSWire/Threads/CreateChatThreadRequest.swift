/// Body of `POST /chat/threads` (WIRE 4.1).
public struct CreateChatThreadRequest: WireValue {
  /// The topic.
  public var topic: String
  /// Whom to add besides the creator.
  public var participants: [ChatParticipantModel]?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(topic: String, participants: [ChatParticipantModel]? = nil) {
    self.topic = topic
    self.participants = participants
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    topic = try members.required("topic", .string)
    participants = try members.optional("participants", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("topic", topic)
    members.add("participants", participants)
    return members.json(with: unknown)
  }
}
