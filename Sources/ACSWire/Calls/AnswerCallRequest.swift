/// Body of `POST /calling/callConnections:answer` (WIRE 7).
public struct AnswerCallRequest: WireValue {
  /// The opaque text of the IncomingCall event.
  public var incomingCallContext: String
  /// Where the events go.
  public var callbackURI: String
  /// A text that the events of this operation repeat.
  public var operationContext: String?
  /// On whose behalf the call is answered.
  public var answeredBy: CommunicationIdentity?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    incomingCallContext: String, callbackURI: String, operationContext: String? = nil,
    answeredBy: CommunicationIdentity? = nil
  ) {
    self.incomingCallContext = incomingCallContext
    self.callbackURI = callbackURI
    self.operationContext = operationContext
    self.answeredBy = answeredBy
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    incomingCallContext = try members.required("incomingCallContext", .string)
    callbackURI = try members.required("callbackUri", .string)
    operationContext = try members.optional("operationContext", .string)
    answeredBy = try members.optional("answeredBy", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("incomingCallContext", incomingCallContext)
    members.add("callbackUri", callbackURI)
    members.add("operationContext", operationContext)
    members.add("answeredBy", answeredBy)
    return members.json(with: unknown)
  }
}
