/// How a message goes out through a partner of Messaging Connect; since 2026-01-23.
public struct MessagingConnectOptions: WireValue {
  /// The customer's key at the partner.
  public var apiKey: String
  /// The partner's name.
  public var partner: String
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(apiKey: String, partner: String) {
    self.apiKey = apiKey
    self.partner = partner
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    apiKey = try members.required("apiKey", .string)
    partner = try members.required("partner", .string)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("apiKey", apiKey)
    members.add("partner", partner)
    return members.json(with: unknown)
  }
}
