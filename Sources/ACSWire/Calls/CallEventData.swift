/// The data of a Call Automation event (WIRE 7).
///
/// What only some types carry is `nil` in the others or stays in ``unknown``.
public struct CallEventData: WireValue {
  /// The api-version that shaped the event.
  public var version: String?
  /// The text of the operation that caused the event.
  public var operationContext: String?
  /// How it ended.
  public var resultInformation: CallResultInformation?
  /// In ParticipantsUpdated: everybody in the call now.
  public var participants: [CallParticipantModel]?
  /// In ParticipantsUpdated: counts them from 1.
  public var sequenceNumber: Int?
  /// The connection's id.
  public var callConnectionID: String
  /// The call's id across its connections.
  public var serverCallID: String
  /// The id under which the service logs the call.
  public var correlationID: String
  /// The event's type again.
  public var publicEventType: String?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    version: String? = nil, operationContext: String? = nil,
    resultInformation: CallResultInformation? = nil, participants: [CallParticipantModel]? = nil,
    sequenceNumber: Int? = nil, callConnectionID: String, serverCallID: String,
    correlationID: String, publicEventType: String? = nil
  ) {
    self.version = version
    self.operationContext = operationContext
    self.resultInformation = resultInformation
    self.participants = participants
    self.sequenceNumber = sequenceNumber
    self.callConnectionID = callConnectionID
    self.serverCallID = serverCallID
    self.correlationID = correlationID
    self.publicEventType = publicEventType
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    version = try members.optional("version", .string)
    operationContext = try members.optional("operationContext", .string)
    resultInformation = try members.optional("resultInformation", .value)
    participants = try members.optional("participants", .value)
    sequenceNumber = try members.optional("sequenceNumber", .integer)
    callConnectionID = try members.required("callConnectionId", .string)
    serverCallID = try members.required("serverCallId", .string)
    correlationID = try members.required("correlationId", .string)
    publicEventType = try members.optional("publicEventType", .string)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("version", version)
    members.add("operationContext", operationContext)
    members.add("resultInformation", resultInformation)
    members.add("participants", participants)
    members.add("sequenceNumber", sequenceNumber)
    members.add("callConnectionId", callConnectionID)
    members.add("serverCallId", serverCallID)
    members.add("correlationId", correlationID)
    members.add("publicEventType", publicEventType)
    return members.json(with: unknown)
  }
}
