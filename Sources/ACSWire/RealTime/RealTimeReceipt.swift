public import ACSTypes

/// That somebody read a message, as a real-time event tells it (REALTIME 2).
public struct RealTimeReceipt: Hashable, Sendable {
  /// The thread.
  public var threadID: String
  /// The message that was read.
  public var messageID: String
  /// Who read it, a raw id.
  public var reader: String
  /// When; `nil` when the three numbers of the horizon do not tell.
  public var readOn: Timestamp?
  /// What the first number of the horizon is: the id of the message.
  public var horizon: String
  /// From when on the reader sees messages.
  public var visibleFrom: Timestamp?
  /// Epoch milliseconds of the change.
  public var version: String

  /// A receipt.
  public init(
    threadID: String, messageID: String, reader: String, readOn: Timestamp,
    visibleFrom: Timestamp
  ) {
    self.threadID = threadID
    self.messageID = messageID
    self.reader = reader
    self.readOn = readOn
    self.visibleFrom = visibleFrom
    horizon = messageID
    version = "\(readOn.milliseconds)"
  }

  init(_ members: inout MemberReader) throws(WireError) {
    threadID = try members.required("groupId", .string)
    messageID = try members.required("messageId", .string)
    for name in ["collapseId", "messageType", "clientMessageId", "senderDisplayName"] {
      _ = try members.optional(name, .string)
    }
    let body = try members.nested("messageBody", .object) ?? [:]
    reader = body["user"]?.string ?? ""
    let numbers = (body["consumptionhorizon"]?.string ?? "")
      .split(separator: ";", omittingEmptySubsequences: false)
    horizon = numbers.first.map(String.init) ?? ""
    // A number with a fraction was seen, too.
    readOn =
      numbers.count > 1
      ? Int64(numbers[1].prefix { $0 != "." }).map(Timestamp.init(milliseconds:)) : nil
    visibleFrom = body["messageVisibilityTime"]?.integer.map(Timestamp.init(milliseconds:))
    version = body["version"]?.string ?? ""
  }

  func write(to members: inout MemberWriter) {
    members.add("groupId", threadID)
    members.add("messageId", messageID)
    members.add("collapseId", "")
    members.add("messageType", "ThreadActivity/MemberConsumptionHorizonUpdate")
    var body: JSONObject = [
      "user": .string(reader),
      "consumptionhorizon": .string("\(horizon);\(readOn.map { "\($0.milliseconds)" } ?? "");0"),
    ]
    body["messageVisibilityTime"] = visibleFrom.map { .integer($0.milliseconds) }
    body["version"] = .string(version)
    members.add("messageBody", JSONValue.object(body).text)
    members.add("clientMessageId", "0")
    members.add("senderDisplayName", "")
  }
}
