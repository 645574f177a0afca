/// Body of `POST /chat/threads` (WIRE 4.1).
public struct CreateChatThreadRequest: WireValue {
  /// The topic.
  public var topic: String
  /// Whom to add besides the creator.
  public var participants: [ChatParticipantModel]?
  /// What the application keeps with the thread (since 2025-03-15).
  public var metadata: JSONObject?
  /// When the service is to delete it by itself (since 2025-03-15).
  public var retentionPolicy: RetentionPolicyModel?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    topic: String, participants: [ChatParticipantModel]? = nil, metadata: JSONObject? = nil,
    retentionPolicy: RetentionPolicyModel? = nil
  ) {
    self.topic = topic
    self.participants = participants
    self.metadata = metadata
    self.retentionPolicy = retentionPolicy
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    topic = try members.required("topic", .string)
    participants = try members.optional("participants", .value)
    metadata = try members.optional("metadata", .object)
    retentionPolicy = try members.optional("retentionPolicy", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("topic", topic)
    members.add("participants", participants)
    members.add("metadata", metadata)
    members.add("retentionPolicy", retentionPolicy)
    return members.json(with: unknown)
  }
}
