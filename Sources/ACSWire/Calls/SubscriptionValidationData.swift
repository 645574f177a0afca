/// The data of Event Grid's first event to a new web hook (WIRE 7).
public struct SubscriptionValidationData: WireValue {
  /// What to send back.
  public var validationCode: String
  /// Where a person can confirm instead.
  public var validationURL: String?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(validationCode: String, validationURL: String? = nil) {
    self.validationCode = validationCode
    self.validationURL = validationURL
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    validationCode = try members.required("validationCode", .string)
    validationURL = try members.optional("validationUrl", .string)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("validationCode", validationCode)
    members.add("validationUrl", validationURL)
    return members.json(with: unknown)
  }

  /// The answer that confirms the web hook: `{"validationResponse":…}`.
  public var answer: JSONValue { ["validationResponse": .string(validationCode)] }
}
