/// A message as Chat tells it, system messages and tombstones included (WIRE 4.2).
public struct ChatMessageModel: WireValue {
  /// Arrival in epoch milliseconds; never changes.
  public var id: String
  /// `text`, `html`, `topicUpdated`, `participantAdded`, `participantRemoved`, or what may come.
  public var type: String
  /// Counts the changes of the thread; moves with an edit.
  public var sequenceID: String
  /// Epoch milliseconds of the newest change.
  public var version: String
  /// What it says; `nil` in a tombstone.
  public var content: ChatMessageContentModel?
  /// The name that the sender gave with it.
  public var senderDisplayName: String?
  /// Arrival, in whole seconds.
  public var createdOn: WireTime
  /// Who sent it; `nil` for system messages.
  public var sender: IdentifierModel?
  /// When it was deleted; the message stays as a tombstone.
  public var deletedOn: WireTime?
  /// When it was last edited.
  public var editedOn: WireTime?
  /// Names with texts, for programs.
  public var metadata: JSONObject?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    id: String, type: String, sequenceID: String, version: String,
    content: ChatMessageContentModel? = nil, senderDisplayName: String? = nil, createdOn: WireTime,
    sender: IdentifierModel? = nil, deletedOn: WireTime? = nil, editedOn: WireTime? = nil,
    metadata: JSONObject? = nil
  ) {
    self.id = id
    self.type = type
    self.sequenceID = sequenceID
    self.version = version
    self.content = content
    self.senderDisplayName = senderDisplayName
    self.createdOn = createdOn
    self.sender = sender
    self.deletedOn = deletedOn
    self.editedOn = editedOn
    self.metadata = metadata
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    id = try members.required("id", .string)
    type = try members.required("type", .string)
    sequenceID = try members.required("sequenceId", .string)
    version = try members.required("version", .string)
    content = try members.optional("content", .value)
    senderDisplayName = try members.optional("senderDisplayName", .string)
    createdOn = try members.required("createdOn", .value)
    sender = try members.optional("senderCommunicationIdentifier", .value)
    deletedOn = try members.optional("deletedOn", .value)
    editedOn = try members.optional("editedOn", .value)
    metadata = try members.optional("metadata", .object)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("id", id)
    members.add("type", type)
    members.add("sequenceId", sequenceID)
    members.add("version", version)
    members.add("content", content)
    members.add("senderDisplayName", senderDisplayName)
    members.add("createdOn", createdOn)
    members.add("senderCommunicationIdentifier", sender)
    members.add("deletedOn", deletedOn)
    members.add("editedOn", editedOn)
    members.add("metadata", metadata)
    return members.json(with: unknown)
  }
}
