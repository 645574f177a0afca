import ACSTypes
import ACSWire
import ServiceAuth

/// Writes the body of an event as the service does (REALTIME 2).
struct EventPayload {
  private let members: JSONObject

  /// What all recipients of an event get.
  ///
  /// - Parameters:
  ///   - noted: The event.
  ///   - ids: Brings what the service makes up.
  ///   - hidesHistory: True to leave the time from which history is shared `null`, as the service sometimes does.
  ///   - hasFineTimes: True to write all times with seven digits after the point.
  init(
    _ noted: NotedEvent, ids: IDSource, hidesHistory: Bool = false, hasFineTimes: Bool = false
  ) {
    let writer = ContentWriter(
      noted: noted, ids: ids, hidesHistory: hidesHistory, hasFineTimes: hasFineTimes)
    let event = RealTimeEvent(
      sender: noted.sender.identity, recipient: "",
      transactionID: "\(ids.base64URL(characters: 22)).1.2.1.1.\(ids.digits(10)).1.0",
      content: writer.content)
    members = event.json.object ?? [:]
  }

  /// The body for one recipient; the rest, which may be long, is not written anew.
  func body(for recipient: String) -> String {
    var members = members
    members["recipientId"] = .string(RealTimeEvent.shortID(recipient))
    members["recipientMri"] = .string(recipient)
    return JSONValue.object(members).text
  }
}

/// Writes what is particular to each kind of event.
private struct ContentWriter {
  let noted: NotedEvent
  let ids: IDSource
  let hidesHistory: Bool
  let hasFineTimes: Bool

  var content: RealTimeEvent.Content {
    switch noted.event {
    case .messageReceived(let row): .messageReceived(sent(row))
    case .messageEdited(let row): .messageEdited(edited(row))
    case .messageDeleted(let row): .messageDeleted(deleted(row))
    case .typing(let name): .typing(typing(name))
    case .messageRead(let id): .messageRead(receipt(id))
    case .threadCreated(let people): .threadCreated(created(people))
    case .threadUpdated: .threadUpdated(updated)
    case .threadDeleted: .threadDeleted(deleted)
    case .participantsAdded(let people): .participantsAdded(changed(people))
    case .participantsRemoved(let people): .participantsRemoved(changed(people))
    }
  }

  // MARK: - Messages

  private func message(_ row: MessageRow) -> RealTimeMessage {
    var message = RealTimeMessage(
      threadID: noted.thread.id, id: "\(row.id)",
      type: row.type == "html" ? "RichText/Html" : "Text",
      senderDisplayName: row.displayName ?? "", version: "\(row.version)",
      arrivedOn: time(Timestamp(milliseconds: row.id)))
    message.collapseID = Digest.contentHash(Array("\(noted.thread.id) \(row.id)".utf8))
    message.clientMessageID = ""
    return message
  }

  private func sent(_ row: MessageRow) -> RealTimeMessage {
    var message = message(row)
    message.body = row.content
    message.priority = ""
    message.metadata = row.metadata.flatMap { try? JSONValue.parse($0).object }
    return message
  }

  private func edited(_ row: MessageRow) -> RealTimeMessage {
    var message = sent(row)
    message.editedOn = time(row.editedOn ?? noted.moment)
    message.composedOn = message.arrivedOn
    // The service writes no metadata as null first, and as an empty object after an edit.
    message.metadata = message.metadata ?? [:]
    return message
  }

  private func deleted(_ row: MessageRow) -> RealTimeMessage {
    var message = message(row)
    message.deletedOn = time(row.deletedOn ?? noted.moment)
    message.composedOn = message.arrivedOn
    return message
  }

  private func typing(_ name: String?) -> RealTimeMessage {
    let number = "\(noted.moment.milliseconds)"
    return RealTimeMessage(
      threadID: noted.thread.id, id: number, type: "Control/Typing",
      senderDisplayName: name ?? "", version: number, arrivedOn: time(noted.moment))
  }

  private func receipt(_ id: Int64) -> RealTimeReceipt {
    RealTimeReceipt(
      threadID: noted.thread.id, messageID: "\(id)", reader: noted.sender.identity,
      readOn: noted.moment, visibleFrom: noted.thread.createdOn)
  }

  // MARK: - Threads

  private var thread: RealTimeThread {
    RealTimeThread(
      threadID: noted.thread.id, version: "\(noted.moment.milliseconds)",
      createdOn: time(noted.thread.createdOn),
      author: RealTimeParticipant(
        id: noted.sender.identity, displayName: noted.sender.displayName))
  }

  private func created(_ people: [ParticipantRow]) -> RealTimeThread {
    var thread = thread
    thread.type = "chat"
    thread.participants = people.map(participant)
    thread.properties = properties
    return thread
  }

  private var updated: RealTimeThread {
    var thread = thread
    thread.type = "chat"
    thread.changedOn = fineTime(noted.moment)
    thread.properties = properties
    return thread
  }

  private var deleted: RealTimeThread {
    var thread = thread
    thread.type = "chat"
    thread.changedOn = fineTime(noted.thread.deletedOn ?? noted.moment)
    return thread
  }

  private func changed(_ people: [ParticipantRow]) -> RealTimeThread {
    var thread = thread
    thread.changedOn = fineTime(noted.moment)
    thread.participants = people.map(participant)
    return thread
  }

  /// The topic among what the service tells of itself.
  private var properties: JSONObject {
    ["topic": .string(noted.thread.topic), "partnerName": "spool", "isMigrated": true]
  }

  private func participant(_ row: ParticipantRow) -> RealTimeParticipant {
    RealTimeParticipant(
      id: row.identity, displayName: row.displayName,
      shareHistoryTime: hidesHistory ? nil : row.shareHistoryTime)
  }

  // MARK: - Times

  private func time(_ moment: Timestamp) -> WireTime {
    hasFineTimes ? fineTime(moment) : WireTime(event: moment)
  }

  /// With seven digits after the point.
  private func fineTime(_ moment: Timestamp) -> WireTime {
    WireTime(event: moment, digits: ids.digits(4))
  }
}

extension IDSource {
  /// Random decimal digits.
  func digits(_ count: Int) -> String { code(characters: count, of: decimals) }
}

private let decimals = Array("0123456789")
