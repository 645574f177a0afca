/// An event that Event Grid posts to a web hook, in a list of one or more (WIRE 7).
public struct EventGridEvent: WireValue {
  /// What happened.
  public enum Content: Hashable, Sendable {
    /// Somebody calls somebody of this resource.
    case incomingCall(IncomingCallData)
    /// Event Grid wants the code back before it delivers anything.
    case subscriptionValidation(SubscriptionValidationData)
    /// Any other type, with its data unread.
    case unknown(type: String, data: JSONValue)
  }

  /// The event's id; the same on every delivery.
  public var id: String
  /// The resource that it comes from.
  public var topic: String?
  /// What it is about: `/caller/<rawId>/recipient/<rawId>`.
  public var subject: String
  /// What happened.
  public var content: Content
  /// When.
  public var eventTime: WireTime
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject

  /// One from its parts, of data version 1.0.
  public init(
    id: String, topic: String? = nil, subject: String, content: Content, eventTime: WireTime
  ) {
    self.id = id
    self.topic = topic
    self.subject = subject
    self.content = content
    self.eventTime = eventTime
    unknown = ["dataVersion": "1.0", "metadataVersion": "1"]
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    id = try members.required("id", .string)
    topic = try members.optional("topic", .string)
    subject = try members.required("subject", .string)
    let type = try members.required("eventType", .string)
    eventTime = try members.required("eventTime", .value)
    switch type {
    case EventGridEvent.incomingCallType:
      content = .incomingCall(try members.required("data", .value))
    case EventGridEvent.validationType:
      content = .subscriptionValidation(try members.required("data", .value))
    default:
      content = .unknown(type: type, data: try members.optional("data", .value) ?? .null)
    }
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("id", id)
    members.add("topic", topic)
    members.add("subject", subject)
    switch content {
    case .incomingCall(let data):
      members.add("eventType", EventGridEvent.incomingCallType)
      members.add("data", data)
    case .subscriptionValidation(let data):
      members.add("eventType", EventGridEvent.validationType)
      members.add("data", data)
    case .unknown(let type, let data):
      members.add("eventType", type)
      if !data.isNull { members.add("data", data) }
    }
    members.add("eventTime", eventTime)
    return members.json(with: unknown)
  }

  /// The type of the event that tells of a call's end; its data is not read into a type of its own.
  public static let callEndedType = "Microsoft.Communication.CallEnded"
  private static let incomingCallType = "Microsoft.Communication.IncomingCall"
  private static let validationType = "Microsoft.EventGrid.SubscriptionValidationEvent"
}
