/// An event that Call Automation posts to the callback address, in a list of one or more (WIRE 7).
public struct CloudEvent: WireValue {
  /// What happened.
  public enum Content: Hashable, Sendable {
    /// The call is established.
    case callConnected(CallEventData)
    /// The call ended for this connection.
    case callDisconnected(CallEventData)
    /// Who is in the call changed.
    case participantsUpdated(CallEventData)
    /// Answering failed.
    case answerFailed(CallEventData)
    /// Creating failed: declined, unreachable, no answer.
    case createCallFailed(CallEventData)
    /// Any other type, with its data unread.
    case unknown(type: String, data: JSONValue)
  }

  /// The event's id; the same on every delivery.
  public var id: String
  /// Where it comes from: `calling/callConnections/{id}`.
  public var source: String
  /// What happened.
  public var content: Content
  /// When.
  public var time: WireTime?
  /// What it is about; Call Automation repeats ``source``.
  public var subject: String?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject

  /// One from its parts, as CloudEvents 1.0 wants it.
  public init(id: String, source: String, content: Content, time: WireTime) {
    self.id = id
    self.source = source
    self.content = content
    self.time = time
    subject = source
    unknown = ["specversion": "1.0", "datacontenttype": "application/json"]
  }

  /// Reads what ``json`` writes.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    id = try members.required("id", .string)
    source = try members.required("source", .string)
    content = try Content(type: try members.required("type", .string), members: &members)
    time = try members.optional("time", .value)
    subject = try members.optional("subject", .string)
    unknown = members.rest
  }

  /// The members in the service's order.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("id", id)
    members.add("source", source)
    members.add("type", content.type)
    members.add("data", content.data)
    members.add("time", time)
    members.add("subject", subject)
    return members.json(with: unknown)
  }
}

extension CloudEvent.Content {
  private static let prefix = "Microsoft.Communication."

  fileprivate init(type: String, members: inout MemberReader) throws(WireError) {
    let makers: [String: (CallEventData) -> CloudEvent.Content] = [
      "CallConnected": CloudEvent.Content.callConnected,
      "CallDisconnected": CloudEvent.Content.callDisconnected,
      "ParticipantsUpdated": CloudEvent.Content.participantsUpdated,
      "AnswerFailed": CloudEvent.Content.answerFailed,
      "CreateCallFailed": CloudEvent.Content.createCallFailed,
    ]
    let prefix = CloudEvent.Content.prefix
    if type.hasPrefix(prefix), let make = makers[String(type.dropFirst(prefix.count))] {
      self = make(try members.required("data", .value))
    } else {
      self = .unknown(type: type, data: try members.optional("data", .value) ?? .null)
    }
  }

  /// The event's type: `Microsoft.Communication.CallConnected`.
  public var type: String {
    let prefix = CloudEvent.Content.prefix
    return switch self {
    case .callConnected: "\(prefix)CallConnected"
    case .callDisconnected: "\(prefix)CallDisconnected"
    case .participantsUpdated: "\(prefix)ParticipantsUpdated"
    case .answerFailed: "\(prefix)AnswerFailed"
    case .createCallFailed: "\(prefix)CreateCallFailed"
    case .unknown(let type, _): type
    }
  }

  fileprivate var data: JSONValue? {
    switch self {
    case .callConnected(let data), .callDisconnected(let data), .participantsUpdated(let data),
      .answerFailed(let data), .createCallFailed(let data):
      data.json
    // A plain `nil` would be the value null.
    case .unknown(_, let data): data.isNull ? .none : .some(data)
    }
  }
}
