/// The body of an error as Chat really sends it: PascalCase under another root (WIRE 4.6).
public struct CommunicationErrorEnvelope: WireValue {
  /// The service's code: `NotFound`, `Forbidden`, ….
  public var code: String
  /// What is wrong, in words; sometimes missing.
  public var message: String?
  /// Members of `CommunicationError` that this type does not know, written back as they came.
  public var unknown: JSONObject
  /// Members beside `CommunicationError`, written back as they came.
  public var unknownBeside: JSONObject = [:]

  /// One from its parts, with an empty list of details.
  public init(code: String, message: String?) {
    self.code = code
    self.message = message
    unknown = ["Details": []]
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var outer = try MemberReader(json)
    let error = try outer.required("CommunicationError", .object)
    do throws(WireError) {
      var members = try MemberReader(.object(error))
      code = try members.required("Code", .string)
      message = try members.optional("Message", .string)
      unknown = members.rest
    } catch {
      throw error.inside("CommunicationError")
    }
    unknownBeside = outer.rest
  }

  /// The members in the service's order; send it as ``JSONValue/prettyBytes``.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("Code", code)
    members.add("Message", message)
    var outer = MemberWriter()
    outer.add("CommunicationError", members.json(with: unknown).object)
    return outer.json(with: unknownBeside)
  }
}
