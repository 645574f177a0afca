/// Body of `POST /calling/callConnections:reject` (WIRE 7).
public struct RejectCallRequest: WireValue {
  /// The opaque text of the IncomingCall event.
  public var incomingCallContext: String
  /// `none`, `busy` or `forbidden`.
  public var callRejectReason: String?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(incomingCallContext: String, callRejectReason: String? = nil) {
    self.incomingCallContext = incomingCallContext
    self.callRejectReason = callRejectReason
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    incomingCallContext = try members.required("incomingCallContext", .string)
    callRejectReason = try members.optional("callRejectReason", .string)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("incomingCallContext", incomingCallContext)
    members.add("callRejectReason", callRejectReason)
    return members.json(with: unknown)
  }
}
