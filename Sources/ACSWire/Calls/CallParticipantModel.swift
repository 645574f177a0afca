/// Somebody in a call as Call Automation tells it (WIRE 7).
public struct CallParticipantModel: WireValue {
  /// Who.
  public var identifier: IdentifierModel
  /// True while muted.
  public var isMuted: Bool?
  /// True while on hold.
  public var isOnHold: Bool?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(identifier: IdentifierModel, isMuted: Bool? = nil, isOnHold: Bool? = nil) {
    self.identifier = identifier
    self.isMuted = isMuted
    self.isOnHold = isOnHold
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    identifier = try members.required("identifier", .value)
    isMuted = try members.optional("isMuted", .bool)
    isOnHold = try members.optional("isOnHold", .bool)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("identifier", identifier)
    members.add("isMuted", isMuted)
    members.add("isOnHold", isOnHold)
    return members.json(with: unknown)
  }
}
