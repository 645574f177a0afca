/// What to do besides sending.
public struct SMSSendOptions: WireValue {
  /// Post a report of the delivery to Event Grid.
  public var enableDeliveryReport: Bool
  /// Stands in that report.
  public var tag: String?
  /// How long to wait for the report, 60–43,200 s; since 2026-01-23.
  public var deliveryReportTimeoutInSeconds: Int?
  /// A partner that sends the message; since 2026-01-23.
  public var messagingConnect: MessagingConnectOptions?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// One from its parts.
  public init(
    enableDeliveryReport: Bool, tag: String? = nil, deliveryReportTimeoutInSeconds: Int? = nil,
    messagingConnect: MessagingConnectOptions? = nil
  ) {
    self.enableDeliveryReport = enableDeliveryReport
    self.tag = tag
    self.deliveryReportTimeoutInSeconds = deliveryReportTimeoutInSeconds
    self.messagingConnect = messagingConnect
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    enableDeliveryReport = try members.required("enableDeliveryReport", .bool)
    tag = try members.optional("tag", .string)
    deliveryReportTimeoutInSeconds = try members.optional(
      "deliveryReportTimeoutInSeconds", .integer)
    messagingConnect = try members.optional("messagingConnect", .value)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("enableDeliveryReport", enableDeliveryReport)
    members.add("tag", tag)
    members.add("deliveryReportTimeoutInSeconds", deliveryReportTimeoutInSeconds)
    members.add("messagingConnect", messagingConnect)
    return members.json(with: unknown)
  }
}
