/// Somebody in a thread as Chat tells it (WIRE 4.1).
public struct ChatParticipantModel: WireValue {
  /// Who.
  public var identifier: IdentifierModel
  /// The name that the thread knows them by.
  public var displayName: String?
  /// From when on they see the history; the epoch means all of it.
  public var shareHistoryTime: WireTime?
  /// What the application keeps with them (since 2025-03-15).
  public var metadata: JSONObject?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    identifier: IdentifierModel, displayName: String? = nil, shareHistoryTime: WireTime? = nil,
    metadata: JSONObject? = nil
  ) {
    self.identifier = identifier
    self.displayName = displayName
    self.shareHistoryTime = shareHistoryTime
    self.metadata = metadata
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    identifier = try members.required("communicationIdentifier", .value)
    displayName = try members.optional("displayName", .string)
    shareHistoryTime = try members.optional("shareHistoryTime", .value)
    metadata = try members.optional("metadata", .object)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("communicationIdentifier", identifier)
    members.add("displayName", displayName)
    members.add("shareHistoryTime", shareHistoryTime)
    members.add("metadata", metadata)
    return members.json(with: unknown)
  }
}
