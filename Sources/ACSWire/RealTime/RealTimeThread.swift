/// A thread or its participants, as real-time events tell of a change (REALTIME 2).
///
/// People and properties travel as JSON in strings.
public struct RealTimeThread: Hashable, Sendable {
  /// The thread; `groupId` is empty in these events.
  public var threadID: String
  /// Epoch milliseconds of the change.
  public var version: String
  /// `chat`, where it is told.
  public var type: String?
  /// When the thread began.
  public var createdOn: WireTime?
  /// When the change was made, with up to seven digits of fraction; `nil` for a beginning.
  public var changedOn: WireTime?
  /// Who made it.
  public var author: RealTimeParticipant?
  /// Who takes part from the beginning, came or left; empty for the others, and when nobody was told.
  public var participants: [RealTimeParticipant]
  /// The topic among what the service tells besides; `nil` where properties are not told.
  public var properties: JSONObject?

  /// A thread.
  public init(
    threadID: String, version: String, createdOn: WireTime?, author: RealTimeParticipant?,
    participants: [RealTimeParticipant] = []
  ) {
    self.threadID = threadID
    self.version = version
    self.createdOn = createdOn
    self.author = author
    self.participants = participants
  }

  /// The topic, where it is told.
  public var topic: String? { properties?["topic"]?.string }

  init(_ members: inout MemberReader, _ kind: RealTimeEventKind) throws(WireError) {
    let names = Names(kind)
    threadID = try members.required("threadId", .string)
    _ = try members.optional("groupId", .string)
    _ = try members.optional("collapseId", .string)
    version = try members.required("version", .string)
    type = try members.optional("threadType", .string)
    createdOn = try members.optional("createTime", .value)
    changedOn = try names.time.flatMap { name throws(WireError) in
      try members.optional(name, .value)
    }
    author = try members.nested(names.author, .value)
    participants =
      try names.people.flatMap { name throws(WireError) in
        try members.nested(name, .value)
      } ?? []
    properties = try members.nested("properties", .object)
  }

  func write(to members: inout MemberWriter, _ kind: RealTimeEventKind) {
    let names = Names(kind)
    members.add("groupId", "")
    members.add("threadId", threadID)
    members.add("collapseId", "")
    members.add("createTime", createdOn)
    members.add("version", version)
    members.add("threadType", type)
    if let time = names.time { members.add(time, changedOn) }
    members.add(names.author, author?.authorJSON.text)
    if let people = names.people {
      members.add(people, JSONValue.array(participants.map(\.json)).text)
    }
    members.add("properties", properties.map { JSONValue.object($0).text })
  }

  /// What the members are called, which differs between the kinds.
  private struct Names {
    let time: String?
    let author: String
    let people: String?

    init(_ kind: RealTimeEventKind) {
      switch kind {
      case .threadUpdated: (time, author, people) = ("editTime", "editedBy", nil)
      case .threadDeleted: (time, author, people) = ("deleteTime", "deletedBy", nil)
      case .participantsAdded: (time, author, people) = ("time", "addedBy", "participantsAdded")
      case .participantsRemoved:
        (time, author, people) = ("time", "removedBy", "participantsRemoved")
      default: (time, author, people) = (nil, "createdBy", "members")
      }
    }
  }
}
