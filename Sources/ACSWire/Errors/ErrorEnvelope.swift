/// The body of an error of Identity, SMS, Rooms and Call Automation: `{"error":{…}}` (WIRE 2).
public struct ErrorEnvelope: WireValue {
  /// The error.
  public var error: ServiceErrorModel
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(error: ServiceErrorModel) {
    self.error = error
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    error = try members.required("error", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("error", error)
    return members.json(with: unknown)
  }
}
