public import ACSTypes

/// A token and its end, as Identity tells them (WIRE 3).
public struct AccessTokenModel: WireValue {
  /// The token.
  public var token: Secret
  /// When it expires.
  public var expiresOn: WireTime
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(token: Secret, expiresOn: WireTime) {
    self.token = token
    self.expiresOn = expiresOn
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    token = try members.required("token", .secret)
    expiresOn = try members.required("expiresOn", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("token", token)
    members.add("expiresOn", expiresOn)
    return members.json(with: unknown)
  }
}
