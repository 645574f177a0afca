/// The identity in the answer of `POST /identities`.
public struct CommunicationIdentity: WireValue {
  /// The raw id, `8:acs:…`.
  public var id: String
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(id: String) {
    self.id = id
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    id = try members.required("id", .string)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("id", id)
    return members.json(with: unknown)
  }
}
