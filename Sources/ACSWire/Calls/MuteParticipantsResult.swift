/// Answer of `POST /calling/callConnections/{id}/participants:mute`.
public struct MuteParticipantsResult: WireValue {
  /// The request's text.
  public var operationContext: String?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(operationContext: String? = nil) {
    self.operationContext = operationContext
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    operationContext = try members.optional("operationContext", .string)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("operationContext", operationContext)
    return members.json(with: unknown)
  }
}
