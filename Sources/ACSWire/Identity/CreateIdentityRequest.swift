/// Body of `POST /identities` (WIRE 3).
///
/// The body may be absent altogether; then both members are `nil`.
public struct CreateIdentityRequest: WireValue {
  /// Scopes of a token to issue at once; `nil` for none.
  public var createTokenWithScopes: [String]?
  /// Life of that token, 60–1440; the service's default is 1440.
  public var expiresInMinutes: Int?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(createTokenWithScopes: [String]? = nil, expiresInMinutes: Int? = nil) {
    self.createTokenWithScopes = createTokenWithScopes
    self.expiresInMinutes = expiresInMinutes
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    createTokenWithScopes = try members.optional("createTokenWithScopes", .strings)
    expiresInMinutes = try members.optional("expiresInMinutes", .integer)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("createTokenWithScopes", createTokenWithScopes)
    members.add("expiresInMinutes", expiresInMinutes)
    return members.json(with: unknown)
  }
}
