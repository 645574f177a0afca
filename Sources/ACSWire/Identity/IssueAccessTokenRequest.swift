/// Body of `POST /identities/{id}/:issueAccessToken` (WIRE 3).
public struct IssueAccessTokenRequest: WireValue {
  /// What the token is to be used for; the service refuses an empty list.
  public var scopes: [String]
  /// Life of the token, 60–1440; the service's default is 1440.
  public var expiresInMinutes: Int?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(scopes: [String], expiresInMinutes: Int? = nil) {
    self.scopes = scopes
    self.expiresInMinutes = expiresInMinutes
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    scopes = try members.required("scopes", .strings)
    expiresInMinutes = try members.optional("expiresInMinutes", .integer)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("scopes", scopes)
    members.add("expiresInMinutes", expiresInMinutes)
    return members.json(with: unknown)
  }
}
