/// What a message says, by its type (WIRE 4.2).
///
/// Attachments, which come from Teams, stay in ``unknown``.
public struct ChatMessageContentModel: WireValue {
  /// The text of a `text` or `html` message.
  public var message: String?
  /// The new topic of a `topicUpdated` message.
  public var topic: String?
  /// Who came or left in a `participantAdded` or `participantRemoved` message.
  public var participants: [ChatParticipantModel]?
  /// Who changed the thread.
  public var initiator: IdentifierModel?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    message: String? = nil, topic: String? = nil, participants: [ChatParticipantModel]? = nil,
    initiator: IdentifierModel? = nil
  ) {
    self.message = message
    self.topic = topic
    self.participants = participants
    self.initiator = initiator
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    message = try members.optional("message", .string)
    topic = try members.optional("topic", .string)
    participants = try members.optional("participants", .value)
    initiator = try members.optional("initiatorCommunicationIdentifier", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("message", message)
    members.add("topic", topic)
    members.add("participants", participants)
    members.add("initiatorCommunicationIdentifier", initiator)
    return members.json(with: unknown)
  }
}
