/// When the service deletes a thread by itself (WIRE 4.5, since 2025-03-15).
public struct RetentionPolicyModel: WireValue {
  /// `none` or `threadCreationDate`.
  public var kind: String
  /// How many days after its creation the thread is deleted; with `threadCreationDate` only.
  public var deleteThreadAfterDays: Int?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(kind: String, deleteThreadAfterDays: Int? = nil) {
    self.kind = kind
    self.deleteThreadAfterDays = deleteThreadAfterDays
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    kind = try members.required("kind", .string)
    deleteThreadAfterDays = try members.optional("deleteThreadAfterDays", .integer)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("kind", kind)
    members.add("deleteThreadAfterDays", deleteThreadAfterDays)
    return members.json(with: unknown)
  }
}
