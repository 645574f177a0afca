/// Body of `POST /chat/threads/{t}/messages` (WIRE 4.1).
public struct SendChatMessageRequest: WireValue {
  /// The text.
  public var content: String
  /// The name to show with it.
  public var senderDisplayName: String?
  /// `text` or `html`; the service's default is `text`.
  public var type: String?
  /// Names with texts, for programs.
  public var metadata: JSONObject?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    content: String, senderDisplayName: String? = nil, type: String? = nil,
    metadata: JSONObject? = nil
  ) {
    self.content = content
    self.senderDisplayName = senderDisplayName
    self.type = type
    self.metadata = metadata
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    content = try members.required("content", .string)
    senderDisplayName = try members.optional("senderDisplayName", .string)
    type = try members.optional("type", .string)
    metadata = try members.optional("metadata", .object)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("content", content)
    members.add("senderDisplayName", senderDisplayName)
    members.add("type", type)
    members.add("metadata", metadata)
    return members.json(with: unknown)
  }
}
