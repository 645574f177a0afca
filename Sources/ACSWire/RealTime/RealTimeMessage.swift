/// A message, or somebody's typing, as real-time events tell it (REALTIME 2).
///
/// It has no sequence id: who needs that asks Chat for the message.
public struct RealTimeMessage: Hashable, Sendable {
  /// The thread.
  public var threadID: String
  /// The message's id; of typing an id that no message has.
  public var id: String
  /// Groups what a telephone shows as one notice.
  public var collapseID: String
  /// `Text`, `RichText/Html`, or `Control/Typing`.
  public var type: String
  /// The text; `nil` in what is deleted or typed.
  public var body: String?
  /// The name that the sender gave with it; empty when none.
  public var senderDisplayName: String
  /// The sender's own id for it, empty in Chat; `nil` in typing.
  public var clientMessageID: String?
  /// When it arrived, with milliseconds; for other templates that may be absent.
  public var arrivedOn: WireTime?
  /// Always empty, where it is there.
  public var priority: String?
  /// Epoch milliseconds of the newest change.
  public var version: String
  /// When it was edited.
  public var editedOn: WireTime?
  /// When it was written, in what tells of a change.
  public var composedOn: WireTime?
  /// When it was deleted.
  public var deletedOn: WireTime?
  /// Names with texts, for programs; `nil` travels as the word null.
  public var metadata: JSONObject?

  /// A message with what every event about one has.
  public init(
    threadID: String, id: String, type: String, senderDisplayName: String, version: String,
    arrivedOn: WireTime?
  ) {
    self.threadID = threadID
    self.id = id
    self.type = type
    self.senderDisplayName = senderDisplayName
    self.version = version
    self.arrivedOn = arrivedOn
    collapseID = ""
  }

  init(_ members: inout MemberReader) throws(WireError) {
    threadID = try members.required("groupId", .string)
    id = try members.required("messageId", .string)
    collapseID = try members.text("collapseId")
    type = try members.text("messageType")
    body = try members.optional("messageBody", .string)
    senderDisplayName = try members.text("senderDisplayName")
    clientMessageID = try members.optional("clientMessageId", .string)
    arrivedOn = try members.optional("originalArrivalTime", .value)
    priority = try members.optional("priority", .string)
    version = try members.required("version", .string)
    editedOn = try members.optional("edittime", .value)
    composedOn = try members.optional("composetime", .value)
    deletedOn = try members.optional("deletetime", .value)
    metadata = try members.nested("acsChatMessageMetadata", .object)
  }

  func write(to members: inout MemberWriter) {
    members.add("groupId", threadID)
    members.add("messageId", id)
    members.add("collapseId", collapseID)
    members.add("messageType", type)
    members.add("messageBody", body)
    members.add("senderDisplayName", senderDisplayName)
    members.add("clientMessageId", clientMessageID)
    members.add("originalArrivalTime", arrivedOn)
    members.add("priority", priority)
    members.add("version", version)
    members.add("edittime", editedOn)
    members.add("composetime", composedOn)
    members.add("deletetime", deletedOn)
    guard body != nil else { return }
    members.add("acsChatMessageMetadata", metadata.map { JSONValue.object($0).text } ?? "null")
  }
}
