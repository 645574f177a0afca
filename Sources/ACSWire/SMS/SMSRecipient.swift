/// Somebody whom a message is sent to.
public struct SMSRecipient: WireValue {
  /// The number, in E.164 form.
  public var to: String
  /// Makes the sending to this number repeatable: the same id sends once.
  public var repeatabilityRequestID: String?
  /// When it was first sent, as HTTP writes dates.
  public var repeatabilityFirstSent: String?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    to: String, repeatabilityRequestID: String? = nil, repeatabilityFirstSent: String? = nil
  ) {
    self.to = to
    self.repeatabilityRequestID = repeatabilityRequestID
    self.repeatabilityFirstSent = repeatabilityFirstSent
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    to = try members.required("to", .string)
    repeatabilityRequestID = try members.optional("repeatabilityRequestId", .string)
    repeatabilityFirstSent = try members.optional("repeatabilityFirstSent", .string)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("to", to)
    members.add("repeatabilityRequestId", repeatabilityRequestID)
    members.add("repeatabilityFirstSent", repeatabilityFirstSent)
    return members.json(with: unknown)
  }
}
