/// Body of `POST /sms/optouts:add`, `:remove` and `:check` (WIRE 5; since 2026-01-23).
public struct OptOutRequest: WireValue {
  /// The sender that the recipients want to hear nothing of.
  public var from: String
  /// The recipients' numbers, 1–100.
  public var recipients: [SMSRecipient]
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(from: String, to numbers: [String]) {
    self.from = from
    recipients = numbers.map { SMSRecipient(to: $0) }
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    from = try members.required("from", .string)
    recipients = try members.required("recipients", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("from", from)
    members.add("recipients", recipients)
    return members.json(with: unknown)
  }
}

/// Answer to the three: a row for each recipient, in their order.
public struct OptOutResponse: WireValue {
  /// The rows.
  public var value: [OptOutResult]
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its rows.
  public init(value: [OptOutResult]) {
    self.value = value
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    value = try members.required("value", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("value", value)
    return members.json(with: unknown)
  }
}

/// What became of one recipient.
public struct OptOutResult: WireValue {
  /// The number.
  public var to: String
  /// 200, or what a request for this recipient alone would have got.
  public var httpStatusCode: Int
  /// Answers `:check`: whether the recipient opted out.
  public var isOptedOut: Bool?
  /// What is wrong with the recipient.
  public var errorMessage: String?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    to: String, status: Int = 200, isOptedOut: Bool? = nil, errorMessage: String? = nil
  ) {
    self.to = to
    httpStatusCode = status
    self.isOptedOut = isOptedOut
    self.errorMessage = errorMessage
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    to = try members.required("to", .string)
    httpStatusCode = try members.required("httpStatusCode", .integer)
    isOptedOut = try members.optional("isOptedOut", .bool)
    errorMessage = try members.optional("errorMessage", .string)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("to", to)
    members.add("httpStatusCode", httpStatusCode)
    members.add("isOptedOut", isOptedOut)
    members.add("errorMessage", errorMessage)
    return members.json(with: unknown)
  }
}
