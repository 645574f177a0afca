/// How an operation or a call ended: the service's pair of codes (CALLING 4).
public struct CallResultInformation: WireValue {
  /// The main code, as HTTP or SIP count.
  public var code: Int?
  /// The finer code.
  public var subCode: Int?
  /// The service's words.
  public var message: String?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(code: Int? = nil, subCode: Int? = nil, message: String? = nil) {
    self.code = code
    self.subCode = subCode
    self.message = message
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    code = try members.optional("code", .integer)
    subCode = try members.optional("subCode", .integer)
    message = try members.optional("message", .string)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("code", code)
    members.add("subCode", subCode)
    members.add("message", message)
    return members.json(with: unknown)
  }
}
