/// Merge patch of `PATCH /chat/threads/{t}` (WIRE 4.1).
public struct UpdateChatThreadRequest: WireValue {
  /// The new topic; `nil` leaves it.
  public var topic: String?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(topic: String? = nil) {
    self.topic = topic
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    topic = try members.optional("topic", .string)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("topic", topic)
    return members.json(with: unknown)
  }
}
