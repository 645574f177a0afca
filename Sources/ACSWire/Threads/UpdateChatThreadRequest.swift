/// Merge patch of `PATCH /chat/threads/{t}` (WIRE 4.1).
public struct UpdateChatThreadRequest: WireValue {
  /// The new topic; `nil` leaves it.
  public var topic: String?
  /// What the application keeps with the thread (since 2025-03-15).
  public var metadata: JSONObject?
  /// When the service is to delete it by itself (since 2025-03-15).
  public var retentionPolicy: RetentionPolicyModel?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// True when the metadata is to go: `null` in a merge patch (RFC 7396).
  public var clearsMetadata: Bool { unknown["metadata"] != nil }
  /// True when the service is to keep the thread for ever: `null`, too.
  public var clearsRetention: Bool { unknown["retentionPolicy"] != nil }

  /// One from its parts.
  public init(
    topic: String? = nil, metadata: JSONObject? = nil, retentionPolicy: RetentionPolicyModel? = nil
  ) {
    self.topic = topic
    self.metadata = metadata
    self.retentionPolicy = retentionPolicy
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    topic = try members.optional("topic", .string)
    metadata = try members.optional("metadata", .object)
    retentionPolicy = try members.optional("retentionPolicy", .value)
    unknown = members.rest
    for name in ["metadata", "retentionPolicy"] where json[name] == .null { unknown[name] = .null }
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("topic", topic)
    members.add("metadata", metadata)
    members.add("retentionPolicy", retentionPolicy)
    return members.json(with: unknown)
  }
}
