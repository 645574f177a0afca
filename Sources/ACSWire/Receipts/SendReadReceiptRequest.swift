/// Body of `POST /chat/threads/{t}/readReceipts` (WIRE 4.1).
public struct SendReadReceiptRequest: WireValue {
  /// The newest message read.
  public var chatMessageID: String
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(chatMessageID: String) {
    self.chatMessageID = chatMessageID
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    chatMessageID = try members.required("chatMessageId", .string)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("chatMessageId", chatMessageID)
    return members.json(with: unknown)
  }
}
