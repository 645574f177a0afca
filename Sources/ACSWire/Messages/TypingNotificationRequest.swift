/// Body of `POST /chat/threads/{t}/typing`, which may also be absent (WIRE 4.1).
public struct TypingNotificationRequest: WireValue {
  /// The name to show to the others.
  public var senderDisplayName: String?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(senderDisplayName: String? = nil) {
    self.senderDisplayName = senderDisplayName
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    senderDisplayName = try members.optional("senderDisplayName", .string)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("senderDisplayName", senderDisplayName)
    return members.json(with: unknown)
  }
}
