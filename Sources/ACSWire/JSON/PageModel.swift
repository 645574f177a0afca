public import ACSTypes

/// One page of a list as every service writes it: `{"value":[…],"nextLink":"…"}` (WIRE 4.3).
public struct PageModel<Element: WireValue>: WireValue {
  /// The entries.
  public var value: [Element]
  /// Absolute address of the next page; `nil` on the last one.
  public var nextLink: String?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(value: [Element], nextLink: String? = nil) {
    self.value = value
    self.nextLink = nextLink
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    value = try members.required("value", .value)
    nextLink = try members.optional("nextLink", .string)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("value", value)
    members.add("nextLink", nextLink)
    return members.json(with: unknown)
  }
}

extension Page {
  /// The page `model` with every entry converted.
  public init<Model: WireValue>(_ model: PageModel<Model>, convert: (Model) -> Element) {
    self.init(values: model.value.map(convert), nextLink: model.nextLink)
  }
}
