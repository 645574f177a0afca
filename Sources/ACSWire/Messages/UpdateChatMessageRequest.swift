/// Merge patch of `PATCH /chat/threads/{t}/messages/{m}` (WIRE 4.1).
public struct UpdateChatMessageRequest: WireValue {
  /// The new text; `nil` leaves it.
  public var content: String?
  /// Names with texts, for programs; `nil` leaves them.
  public var metadata: JSONObject?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(content: String? = nil, metadata: JSONObject? = nil) {
    self.content = content
    self.metadata = metadata
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    content = try members.optional("content", .string)
    metadata = try members.optional("metadata", .object)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("content", content)
    members.add("metadata", metadata)
    return members.json(with: unknown)
  }
}
