import ACSTypes
import ACSWire
import ServiceAuth

/// Writes the body of an event as the service does, strings that hold JSON included (REALTIME 2).
struct EventPayload {
  private let id: Int
  private let sender: String
  private let transaction: String
  private let details: JSONObject

  /// What all recipients of an event get.
  ///
  /// - Parameters:
  ///   - noted: The event.
  ///   - ids: Brings what the service makes up.
  ///   - hidesHistory: True to leave the time from which history is shared `null`, as the service sometimes does.
  init(_ noted: NotedEvent, ids: IDSource, hidesHistory: Bool) {
    id = noted.event.id
    sender = noted.sender.identity
    transaction = "\(ids.base64URL(characters: 22)).1.2.1.1.\(ids.digits(10)).1.0"
    var writer = DetailWriter(noted: noted, ids: ids, hidesHistory: hidesHistory)
    details = writer.details()
  }

  /// The body for one recipient.
  func body(for recipient: String) -> String {
    var object: JSONObject = [
      "eventId": .integer(Int64(id)), "senderId": .string(sender),
      // Without the kind of identity, which the next one has.
      "recipientId": .string(
        recipient.hasPrefix("8:") ? String(recipient.dropFirst(2)) : recipient),
      "recipientMri": .string(recipient), "transactionId": .string(transaction),
    ]
    for member in details.members { object[member.name] = member.value }
    return JSONValue.object(object).text
  }
}

/// Writes what is particular to each kind of event.
private struct DetailWriter {
  let noted: NotedEvent
  let ids: IDSource
  let hidesHistory: Bool

  mutating func details() -> JSONObject {
    switch noted.event {
    case .messageReceived(let row):
      return message(row, body: row.content, metadata: row.metadata)
    case .messageEdited(let row):
      var details = message(row, body: row.content, metadata: row.metadata)
      details["edittime"] = time(row.editedOn ?? noted.moment)
      details["composetime"] = time(Timestamp(milliseconds: row.id))
      return details
    case .messageDeleted(let row):
      var details = message(row, body: nil, metadata: nil)
      details["deletetime"] = time(row.deletedOn ?? noted.moment)
      details["composetime"] = time(Timestamp(milliseconds: row.id))
      return details
    case .typing(let name):
      let now = noted.moment
      return [
        "groupId": .string(noted.thread.id), "messageId": .string("\(now.milliseconds)"),
        "collapseId": "", "messageType": "Control/Typing", "messageBody": "",
        "senderDisplayName": .string(name ?? ""), "clientMessageId": "",
        "originalArrivalTime": time(now), "priority": "",
        "version": .string("\(now.milliseconds)"),
      ]
    case .messageRead(let id): return receipt(id)
    default: return threadDetails()
    }
  }

  private func message(_ row: MessageRow, body: String?, metadata: String?) -> JSONObject {
    var details: JSONObject = [
      "groupId": .string(noted.thread.id), "messageId": .string("\(row.id)"),
      "collapseId": .string(Digest.contentHash(Array("\(noted.thread.id) \(row.id)".utf8))),
      "messageType": row.type == "html" ? "RichText/Html" : "Text",
    ]
    if let body { details["messageBody"] = .string(body) }
    details["senderDisplayName"] = .string(row.displayName ?? "")
    details["clientMessageId"] = ""
    details["originalArrivalTime"] = time(Timestamp(milliseconds: row.id))
    details["priority"] = ""
    details["version"] = .string("\(row.version)")
    // Text in any case: without metadata it is the word null.
    if body != nil { details["acsChatMessageMetadata"] = .string(metadata ?? "null") }
    return details
  }

  private func receipt(_ id: Int64) -> JSONObject {
    let now = noted.moment.milliseconds
    let body: JSONValue = [
      "user": .string(noted.sender.identity), "consumptionhorizon": .string("\(id);\(now);0"),
      "messageVisibilityTime": .integer(noted.thread.createdOn.milliseconds),
      "version": .string("\(now)"),
    ]
    return [
      "groupId": .string(noted.thread.id), "messageId": .string("\(id)"), "collapseId": "",
      "messageType": "ThreadActivity/MemberConsumptionHorizonUpdate",
      "messageBody": .string(body.text), "senderDisplayName": "", "clientMessageId": "0",
    ]
  }

  /// For what concerns the thread itself: there `threadId` names it, and `groupId` is empty.
  private func threadDetails() -> JSONObject {
    let thread = noted.thread
    var details: JSONObject = [
      "groupId": "", "threadId": .string(thread.id), "collapseId": "",
      "createTime": time(thread.createdOn), "version": .string("\(noted.moment.milliseconds)"),
    ]
    let author = JSONValue.string(person(noted.sender).text)
    let properties: JSONValue = [
      "topic": .string(thread.topic), "partnerName": "spool", "isMigrated": true,
    ]
    switch noted.event {
    case .threadCreated(let members):
      details["threadType"] = "chat"
      details["createdBy"] = author
      details["members"] = list(members)
      details["properties"] = .string(properties.text)
    case .threadUpdated:
      details["threadType"] = "chat"
      details["editTime"] = fineTime(noted.moment)
      details["editedBy"] = author
      details["properties"] = .string(properties.text)
    case .threadDeleted:
      details["threadType"] = "chat"
      details["deleteTime"] = fineTime(thread.deletedOn ?? noted.moment)
      details["deletedBy"] = author
    case .participantsAdded(let people):
      details["time"] = fineTime(noted.moment)
      details["addedBy"] = author
      details["participantsAdded"] = list(people)
    case .participantsRemoved(let people):
      details["time"] = fineTime(noted.moment)
      details["removedBy"] = author
      details["participantsRemoved"] = list(people)
    default: break
    }
    return details
  }

  private func person(_ row: ParticipantRow) -> JSONValue {
    [
      "displayName": row.displayName.map(JSONValue.string) ?? .null,
      "participantId": .string(row.identity),
    ]
  }

  private func list(_ people: [ParticipantRow]) -> JSONValue {
    let entries = people.map { row -> JSONValue in
      [
        "shareHistoryTime": hidesHistory ? .null : .integer(row.shareHistoryTime.milliseconds),
        "displayName": row.displayName.map(JSONValue.string) ?? .null,
        "participantId": .string(row.identity),
      ]
    }
    return .string(JSONValue.array(entries).text)
  }

  private func time(_ moment: Timestamp) -> JSONValue { .string(moment.iso8601WithMilliseconds) }

  /// With seven digits after the point.
  private func fineTime(_ moment: Timestamp) -> JSONValue {
    .string("\(moment.iso8601WithMilliseconds.dropLast())\(ids.digits(4))Z")
  }
}

extension IDSource {
  /// Random decimal digits.
  fileprivate func digits(_ count: Int) -> String { code(characters: count, of: decimals) }
}

private let decimals = Array("0123456789")
