/// One error as services write it inside their envelopes (WIRE 2).
public struct ServiceErrorModel: WireValue {
  /// The service's code: `IdentityNotOwned`, `403`, ….
  public var code: String
  /// What is wrong, in words.
  public var message: String?
  /// What it is about: a member's name, an id.
  public var target: String?
  /// Errors of parts.
  public var details: [ServiceErrorModel]?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    code: String, message: String? = nil, target: String? = nil,
    details: [ServiceErrorModel]? = nil
  ) {
    self.code = code
    self.message = message
    self.target = target
    self.details = details
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    code = try members.required("code", .string)
    message = try members.optional("message", .string)
    target = try members.optional("target", .string)
    details = try members.optional("details", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("code", code)
    members.add("message", message)
    members.add("target", target)
    members.add("details", details)
    return members.json(with: unknown)
  }
}
