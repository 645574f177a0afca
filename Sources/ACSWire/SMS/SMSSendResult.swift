/// Answer to `POST /sms`: a row for each recipient, in their order.
public struct SMSSendResponse: WireValue {
  /// The rows.
  public var value: [SMSSendResult]
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its rows.
  public init(value: [SMSSendResult]) {
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

/// What became of a message for one recipient.
public struct SMSSendResult: WireValue {
  /// The number.
  public var to: String
  /// Names the message; absent when it was not taken.
  public var messageID: String?
  /// 202, or what a request for this recipient alone would have got.
  public var httpStatusCode: Int
  /// `accepted` or `rejected`; absent when it was not taken.
  public var repeatabilityResult: String?
  /// Why it was not taken.
  public var errorMessage: String?
  /// True when it was taken.
  public var successful: Bool
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// A message that was taken.
  public init(to: String, messageID: String) {
    self.to = to
    self.messageID = messageID
    httpStatusCode = 202
    repeatabilityResult = "accepted"
    successful = true
  }

  /// A message that was not taken.
  public init(to: String, status: Int, errorMessage: String, repeatabilityResult: String? = nil) {
    self.to = to
    httpStatusCode = status
    self.repeatabilityResult = repeatabilityResult
    self.errorMessage = errorMessage
    successful = false
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    to = try members.required("to", .string)
    messageID = try members.optional("messageId", .string)
    httpStatusCode = try members.required("httpStatusCode", .integer)
    repeatabilityResult = try members.optional("repeatabilityResult", .string)
    errorMessage = try members.optional("errorMessage", .string)
    successful = try members.required("successful", .bool)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("to", to)
    members.add("messageId", messageID)
    members.add("httpStatusCode", httpStatusCode)
    members.add("repeatabilityResult", repeatabilityResult)
    members.add("errorMessage", errorMessage)
    members.add("successful", successful)
    return members.json(with: unknown)
  }
}
