/// Body of `POST /calling/callConnections` (WIRE 7).
public struct CreateCallRequest: WireValue {
  /// Whom to call.
  public var targets: [IdentifierModel]
  /// The caller's name as the others see it.
  public var sourceDisplayName: String?
  /// On whose behalf the call is made: an ACS user.
  public var source: CommunicationIdentity?
  /// A text that the events of this operation repeat.
  public var operationContext: String?
  /// Where the events go.
  public var callbackURI: String
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    targets: [IdentifierModel], sourceDisplayName: String? = nil,
    source: CommunicationIdentity? = nil,
    operationContext: String? = nil, callbackURI: String
  ) {
    self.targets = targets
    self.sourceDisplayName = sourceDisplayName
    self.source = source
    self.operationContext = operationContext
    self.callbackURI = callbackURI
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    targets = try members.required("targets", .value)
    sourceDisplayName = try members.optional("sourceDisplayName", .string)
    source = try members.optional("source", .value)
    operationContext = try members.optional("operationContext", .string)
    callbackURI = try members.required("callbackUri", .string)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("targets", targets)
    members.add("sourceDisplayName", sourceDisplayName)
    members.add("source", source)
    members.add("operationContext", operationContext)
    members.add("callbackUri", callbackURI)
    return members.json(with: unknown)
  }
}
