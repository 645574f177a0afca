/// The data of an IncomingCall event (WIRE 7).
public struct IncomingCallData: WireValue {
  /// Who is called.
  public var to: IdentifierModel
  /// Who calls.
  public var from: IdentifierModel
  /// The call's id across its connections.
  public var serverCallID: String
  /// The caller's name; may be empty.
  public var callerDisplayName: String?
  /// The opaque text with which the call is answered or rejected.
  public var incomingCallContext: String
  /// The id under which the service logs the call.
  public var correlationID: String
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    to: IdentifierModel, from: IdentifierModel, serverCallID: String,
    callerDisplayName: String? = nil, incomingCallContext: String, correlationID: String
  ) {
    self.to = to
    self.from = from
    self.serverCallID = serverCallID
    self.callerDisplayName = callerDisplayName
    self.incomingCallContext = incomingCallContext
    self.correlationID = correlationID
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    to = try members.required("to", .value)
    from = try members.required("from", .value)
    serverCallID = try members.required("serverCallId", .string)
    callerDisplayName = try members.optional("callerDisplayName", .string)
    incomingCallContext = try members.required("incomingCallContext", .string)
    correlationID = try members.required("correlationId", .string)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("to", to)
    members.add("from", from)
    members.add("serverCallId", serverCallID)
    members.add("callerDisplayName", callerDisplayName)
    members.add("incomingCallContext", incomingCallContext)
    members.add("correlationId", correlationID)
    return members.json(with: unknown)
  }
}
