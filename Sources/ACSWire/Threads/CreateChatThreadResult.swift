/// Answer of `POST /chat/threads`; 201 even when some participants were not taken (WIRE 4.4).
public struct CreateChatThreadResult: WireValue {
  /// The new thread.
  public var chatThread: ChatThreadProperties?
  /// Those who were not taken, with the reason.
  public var invalidParticipants: [ServiceErrorModel]?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    chatThread: ChatThreadProperties? = nil, invalidParticipants: [ServiceErrorModel]? = nil
  ) {
    self.chatThread = chatThread
    self.invalidParticipants = invalidParticipants
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    chatThread = try members.optional("chatThread", .value)
    invalidParticipants = try members.optional("invalidParticipants", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("chatThread", chatThread)
    members.add("invalidParticipants", invalidParticipants)
    return members.json(with: unknown)
  }
}
