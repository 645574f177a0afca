import ACSTypes
import ACSWire

/// Writes what happened in a thread as Event Grid tells it: once for the thread, and once for each participant but the
/// one who did it.
struct ChatGridEvents {
  /// One event, without what all have.
  struct Event {
    let type: String
    let subject: String
    let data: JSONObject
  }

  private let noted: NotedEvent
  private let transaction: String

  init(_ noted: NotedEvent, ids: IDSource) {
    self.noted = noted
    transaction = "\(ids.base64URL(characters: 22)).1.1.1.1.1"
  }

  /// All of them; none for typing and receipts, which Event Grid does not tell.
  var all: [Event] {
    switch noted.event {
    case .messageReceived(let row): message(row, "Received")
    case .messageEdited(let row): message(row, "Edited")
    case .messageDeleted(let row): message(row, "Deleted")
    case .typing, .messageRead: []
    case .threadCreated(let people):
      thread(
        ("ChatThreadCreated", "ChatThreadCreatedWithUser"), by: "createdBy",
        [
          "properties": properties,
          "participants": .array(people.map { .object(participant($0)) }),
        ],
        only: [
          "members": .array(
            people.map { ["displayName": name($0), "memberId": .string($0.identity)] })
        ])
    case .threadUpdated:
      thread(
        ("ChatThreadPropertiesUpdated", "ChatThreadPropertiesUpdatedPerUser"), by: "editedBy",
        ["editTime": time(noted.moment), "properties": properties])
    case .threadDeleted:
      thread(
        ("ChatThreadDeleted", "ChatThreadWithUserDeleted"), by: "deletedBy",
        ["deleteTime": time(noted.thread.deletedOn ?? noted.moment)])
    case .participantsAdded(let people): people.flatMap { membership($0, "Added") }
    case .participantsRemoved(let people): people.flatMap { membership($0, "Removed") }
    }
  }

  private var sender: String { noted.sender.identity }

  private var others: [String] { noted.recipients.filter { $0 != sender } }

  // MARK: - Messages

  private func message(_ row: MessageRow, _ what: String) -> [Event] {
    var data: JSONObject = ["messageId": .string("\(row.id)")]
    switch what {
    case "Edited": data["editTime"] = time(row.editedOn ?? noted.moment)
    case "Deleted": data["deleteTime"] = time(row.deletedOn ?? noted.moment)
    default: break
    }
    if what != "Deleted" {
      data["messageBody"] = .string(row.content)
      data["metadata"] = row.metadata.flatMap { try? JSONValue.parse(Array($0.utf8)) } ?? [:]
    }
    data["senderCommunicationIdentifier"] = identifier(sender)
    data["senderDisplayName"] = .string(row.displayName ?? "")
    data["composeTime"] = time(Timestamp(milliseconds: row.id))
    data["type"] = row.type == "html" ? "RichText/Html" : "Text"
    let subject = "thread/\(noted.thread.id)/sender/\(sender)"
    // As documented, the version is a text here and a number for users.
    var whole = data
    whole["version"] = .string("\(row.version)")
    data["version"] = .integer(row.version)
    data["senderId"] = .string(sender)
    return [event("ChatMessage\(what)InThread", subject, whole)]
      + others.map { user in
        event(
          "ChatMessage\(what)", "\(subject)/recipient/\(user)",
          data.with(recipient(user, hasPlainID: true)))
      }
  }

  // MARK: - Threads

  /// The thread's event and the users', which have some members of their own; `role` names who did it.
  private func thread(
    _ types: (String, String), by role: String, _ details: JSONObject, only: JSONObject = [:]
  ) -> [Event] {
    var data = details.with([
      "\(role)CommunicationIdentifier": identifier(sender),
      "createTime": time(noted.thread.createdOn), "version": .integer(noted.moment.milliseconds),
    ])
    let subject = "thread/\(noted.thread.id)/\(role)/\(sender)"
    let whole = event(types.0, subject, data)
    data = data.with(only)
    data[role] = .string(sender)
    return [whole]
      + others.map { user in
        event(
          types.1, "\(subject)/recipient/\(user)", data.with(recipient(user, hasPlainID: true)))
      }
  }

  private func membership(_ person: ParticipantRow, _ what: String) -> [Event] {
    let data: JSONObject = [
      "time": time(noted.moment),
      "\(what.lowercased())ByCommunicationIdentifier": identifier(sender),
      "participant\(what)": .object(participant(person)),
      "createTime": time(noted.thread.createdOn), "version": .integer(noted.moment.milliseconds),
    ]
    let thread = "thread/\(noted.thread.id)"
    return [
      event(
        "ChatThreadParticipant\(what)",
        "\(thread)/participant\(what.lowercased())/\(person.identity)", data)
    ]
      + others.map { user in
        event(
          "ChatParticipant\(what)\(what == "Added" ? "To" : "From")ThreadWithUser",
          "\(thread)/participant\(what)/\(person.identity)/recipient/\(user)",
          data.with(recipient(user, hasPlainID: false)))
      }
  }

  // MARK: - Parts

  private func event(_ name: String, _ subject: String, _ data: JSONObject) -> Event {
    Event(
      type: "Microsoft.Communication.\(name)", subject: subject,
      data: data.with([
        "transactionId": .string(transaction), "threadId": .string(noted.thread.id),
      ]))
  }

  private var properties: JSONValue { ["topic": .string(noted.thread.topic)] }

  private func participant(_ row: ParticipantRow) -> JSONObject {
    ["displayName": name(row), "participantCommunicationIdentifier": identifier(row.identity)]
  }

  private func name(_ row: ParticipantRow) -> JSONValue { .string(row.displayName ?? "") }

  private func recipient(_ user: String, hasPlainID: Bool) -> JSONObject {
    var data: JSONObject = ["recipientCommunicationIdentifier": identifier(user)]
    if hasPlainID { data["recipientId"] = .string(user) }
    return data
  }

  private func identifier(_ id: String) -> JSONValue {
    IdentifierModel(CommunicationIdentifier(rawID: id)).json
  }

  private func time(_ moment: Timestamp) -> JSONValue { .string(moment.iso8601WithMilliseconds) }
}

extension JSONObject {
  /// The members of both; those of `other` win.
  fileprivate func with(_ other: JSONObject) -> JSONObject {
    var result = self
    for member in other.members { result[member.name] = member.value }
    return result
  }
}

extension Core {
  /// Lines up what Event Grid tells of something in a thread, in the transaction under way.
  func lineUp(_ noted: NotedEvent) throws {
    for event in ChatGridEvents(noted, ids: ids).all {
      try line(event.type, event.data, subject: event.subject, now: noted.moment)
    }
  }
}
