/// A call connection as create, answer and get tell it (WIRE 7).
public struct CallConnectionProperties: WireValue {
  /// The connection's id.
  public var callConnectionID: String?
  /// The call's id across its connections.
  public var serverCallID: String?
  /// Who is called.
  public var targets: [IdentifierModel]?
  /// `unknown`, `connecting`, `connected`, `transferring`, `transferAccepted`, `disconnecting`, `disconnected`.
  public var callConnectionState: String?
  /// Where the events go.
  public var callbackURI: String?
  /// The caller's name as the others see it.
  public var sourceDisplayName: String?
  /// Who calls.
  public var source: IdentifierModel?
  /// The id under which the service logs the call.
  public var correlationID: String?
  /// On whose behalf the call was answered.
  public var answeredBy: CommunicationIdentity?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    callConnectionID: String? = nil, serverCallID: String? = nil,
    targets: [IdentifierModel]? = nil, callConnectionState: String? = nil,
    callbackURI: String? = nil, sourceDisplayName: String? = nil, source: IdentifierModel? = nil,
    correlationID: String? = nil, answeredBy: CommunicationIdentity? = nil
  ) {
    self.callConnectionID = callConnectionID
    self.serverCallID = serverCallID
    self.targets = targets
    self.callConnectionState = callConnectionState
    self.callbackURI = callbackURI
    self.sourceDisplayName = sourceDisplayName
    self.source = source
    self.correlationID = correlationID
    self.answeredBy = answeredBy
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    callConnectionID = try members.optional("callConnectionId", .string)
    serverCallID = try members.optional("serverCallId", .string)
    targets = try members.optional("targets", .value)
    callConnectionState = try members.optional("callConnectionState", .string)
    callbackURI = try members.optional("callbackUri", .string)
    sourceDisplayName = try members.optional("sourceDisplayName", .string)
    source = try members.optional("source", .value)
    correlationID = try members.optional("correlationId", .string)
    answeredBy = try members.optional("answeredBy", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("callConnectionId", callConnectionID)
    members.add("serverCallId", serverCallID)
    members.add("targets", targets)
    members.add("callConnectionState", callConnectionState)
    members.add("callbackUri", callbackURI)
    members.add("sourceDisplayName", sourceDisplayName)
    members.add("source", source)
    members.add("correlationId", correlationID)
    members.add("answeredBy", answeredBy)
    return members.json(with: unknown)
  }
}
