/// A thread as `GET /chat/threads/{t}` tells it (WIRE 4.1).
public struct ChatThreadProperties: WireValue {
  /// The thread's id, `19:…@thread.v2`.
  public var id: String
  /// The topic.
  public var topic: String
  /// When it was created.
  public var createdOn: WireTime
  /// Who created it.
  public var createdBy: IdentifierModel
  /// When it was deleted.
  public var deletedOn: WireTime?
  /// What the application keeps with the thread (since 2025-03-15).
  public var metadata: JSONObject?
  /// When the service is to delete it by itself (since 2025-03-15).
  public var retentionPolicy: RetentionPolicyModel?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    id: String, topic: String, createdOn: WireTime, createdBy: IdentifierModel,
    deletedOn: WireTime? = nil, metadata: JSONObject? = nil,
    retentionPolicy: RetentionPolicyModel? = nil
  ) {
    self.id = id
    self.topic = topic
    self.createdOn = createdOn
    self.createdBy = createdBy
    self.deletedOn = deletedOn
    self.metadata = metadata
    self.retentionPolicy = retentionPolicy
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    id = try members.required("id", .string)
    topic = try members.required("topic", .string)
    createdOn = try members.required("createdOn", .value)
    createdBy = try members.required("createdByCommunicationIdentifier", .value)
    deletedOn = try members.optional("deletedOn", .value)
    metadata = try members.optional("metadata", .object)
    retentionPolicy = try members.optional("retentionPolicy", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("id", id)
    members.add("topic", topic)
    members.add("createdOn", createdOn)
    members.add("createdByCommunicationIdentifier", createdBy)
    members.add("deletedOn", deletedOn)
    members.add("metadata", metadata)
    members.add("retentionPolicy", retentionPolicy)
    return members.json(with: unknown)
  }
}
