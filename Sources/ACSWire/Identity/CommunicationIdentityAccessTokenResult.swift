/// Answer of `POST /identities` (WIRE 3).
public struct CommunicationIdentityAccessTokenResult: WireValue {
  /// The new identity.
  public var identity: CommunicationIdentity
  /// A token; `nil` unless scopes were asked for.
  public var accessToken: AccessTokenModel?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(identity: CommunicationIdentity, accessToken: AccessTokenModel? = nil) {
    self.identity = identity
    self.accessToken = accessToken
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    identity = try members.required("identity", .value)
    accessToken = try members.optional("accessToken", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("identity", identity)
    members.add("accessToken", accessToken)
    return members.json(with: unknown)
  }
}
