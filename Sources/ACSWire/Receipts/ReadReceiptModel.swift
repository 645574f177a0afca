/// That somebody has read up to a message, as Chat tells it (WIRE 4.1).
public struct ReadReceiptModel: WireValue {
  /// Who read.
  public var sender: IdentifierModel
  /// The newest message read.
  public var chatMessageID: String
  /// When.
  public var readOn: WireTime
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(sender: IdentifierModel, chatMessageID: String, readOn: WireTime) {
    self.sender = sender
    self.chatMessageID = chatMessageID
    self.readOn = readOn
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    sender = try members.required("senderCommunicationIdentifier", .value)
    chatMessageID = try members.required("chatMessageId", .string)
    readOn = try members.required("readOn", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("senderCommunicationIdentifier", sender)
    members.add("chatMessageId", chatMessageID)
    members.add("readOn", readOn)
    return members.json(with: unknown)
  }
}
