/// Body of `POST /calling/callConnections/{id}/participants:mute` (WIRE 7).
public struct MuteParticipantsRequest: WireValue {
  /// Whom to mute; exactly one ACS user.
  public var targetParticipants: [IdentifierModel]
  /// A text that the answer repeats.
  public var operationContext: String?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(targetParticipants: [IdentifierModel], operationContext: String? = nil) {
    self.targetParticipants = targetParticipants
    self.operationContext = operationContext
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    targetParticipants = try members.required("targetParticipants", .value)
    operationContext = try members.optional("operationContext", .string)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("targetParticipants", targetParticipants)
    members.add("operationContext", operationContext)
    return members.json(with: unknown)
  }
}
