public import ACSTypes

/// Body of `POST /teamsUser/:exchangeAccessToken` (WIRE 3).
public struct ExchangeTeamsTokenRequest: WireValue {
  /// The Teams user's token of Microsoft Entra.
  public var token: Secret
  /// The client id of the Entra application that got the token.
  public var appId: String
  /// The Teams user's object id in Entra.
  public var userId: String
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(token: Secret, appId: String, userId: String) {
    self.token = token
    self.appId = appId
    self.userId = userId
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    token = try members.required("token", .secret)
    appId = try members.required("appId", .string)
    userId = try members.required("userId", .string)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("token", token)
    members.add("appId", appId)
    members.add("userId", userId)
    return members.json(with: unknown)
  }
}
