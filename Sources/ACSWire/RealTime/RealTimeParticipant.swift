public import ACSTypes

/// Somebody in a real-time event about a thread (REALTIME 2).
public struct RealTimeParticipant: WireValue {
  /// Who, a raw id.
  public var id: String
  /// The name in the thread; `nil` travels as null.
  public var displayName: String?
  /// From when on history is shared with them; `nil` travels as null, which the service sends now and then.
  public var shareHistoryTime: Timestamp?
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// Somebody.
  public init(id: String, displayName: String?, shareHistoryTime: Timestamp? = nil) {
    self.id = id
    self.displayName = displayName
    self.shareHistoryTime = shareHistoryTime
  }

  /// Reads somebody; name and time may be null or absent.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    id = try members.required("participantId", .string)
    displayName = try members.optional("displayName", .string)
    let milliseconds = try members.optional("shareHistoryTime", .integer)
    shareHistoryTime = milliseconds.map { Timestamp(milliseconds: Int64($0)) }
    unknown = members.rest
  }

  /// Somebody in a list.
  public var json: JSONValue {
    var members: JSONObject = [
      "shareHistoryTime": shareHistoryTime.map { .integer($0.milliseconds) } ?? .null,
      "displayName": displayName.map(JSONValue.string) ?? .null, "participantId": .string(id),
    ]
    for member in unknown.members where members[member.name] == nil {
      members[member.name] = member.value
    }
    return .object(members)
  }

  /// Somebody who made a change: without the time.
  var authorJSON: JSONValue {
    ["displayName": displayName.map(JSONValue.string) ?? .null, "participantId": .string(id)]
  }
}
