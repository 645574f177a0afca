/// A thread as the list of threads tells it (WIRE 4.1).
public struct ChatThreadItem: WireValue {
  /// The thread's id, `19:…@thread.v2`.
  public var id: String
  /// The topic.
  public var topic: String
  /// When it was deleted; deleted threads stay in the list.
  public var deletedOn: WireTime?
  /// When the last message arrived; a thread just made may lack it.
  public var lastMessageReceivedOn: WireTime?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    id: String, topic: String, deletedOn: WireTime? = nil, lastMessageReceivedOn: WireTime? = nil
  ) {
    self.id = id
    self.topic = topic
    self.deletedOn = deletedOn
    self.lastMessageReceivedOn = lastMessageReceivedOn
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    id = try members.required("id", .string)
    topic = try members.required("topic", .string)
    deletedOn = try members.optional("deletedOn", .value)
    lastMessageReceivedOn = try members.optional("lastMessageReceivedOn", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("id", id)
    members.add("topic", topic)
    members.add("deletedOn", deletedOn)
    members.add("lastMessageReceivedOn", lastMessageReceivedOn)
    return members.json(with: unknown)
  }
}
