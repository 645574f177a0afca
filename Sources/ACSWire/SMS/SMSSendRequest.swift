/// Body of `POST /sms` (WIRE 5).
public struct SMSSendRequest: WireValue {
  /// The sender: a number of the resource.
  public var from: String
  /// Whom to send to, 1–100.
  public var recipients: [SMSRecipient]
  /// The text, at most 2,048 characters.
  public var message: String
  /// What to do besides.
  public var options: SMSSendOptions?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    from: String, recipients: [SMSRecipient], message: String, options: SMSSendOptions? = nil
  ) {
    self.from = from
    self.recipients = recipients
    self.message = message
    self.options = options
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    from = try members.required("from", .string)
    recipients = try members.required("smsRecipients", .value)
    message = try members.required("message", .string)
    options = try members.optional("smsSendOptions", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("from", from)
    members.add("smsRecipients", recipients)
    members.add("message", message)
    members.add("smsSendOptions", options)
    return members.json(with: unknown)
  }
}
