import ACSTypes
import ACSWire
import LocalStore

/// What `--json` prints: the service's own names where it has any (docs/chat-commands.md).
enum ChatJSON {
  /// A thread.
  static func thread(
    _ thread: ChatThread, standing: ThreadStanding, unread: Int?, hasMoreUnread: Bool = false
  ) -> JSONObject {
    var object: JSONObject = [
      "id": .string(thread.id.rawValue), "topic": .string(thread.topic),
    ]
    object["lastMessageReceivedOn"] = thread.lastMessageReceivedOn.map { .string($0.iso8601) }
    object["deletedOn"] = thread.deletedOn.map { .string($0.iso8601) }
    object["standing"] = .string(word(standing))
    object["unreadCount"] = unread.map { .integer(Int64($0)) } ?? .null
    if hasMoreUnread { object["hasMoreUnread"] = .bool(true) }
    return object
  }

  /// A message, with the thread it is in and the name that people see.
  static func message(_ message: ChatMessage, in thread: ChatThreadID, name: String?)
    -> JSONObject
  {
    var object: JSONObject = ["threadId": .string(thread.rawValue)]
    for member in (ChatMessageModel(message).json.object ?? [:]).members {
      object[member.name] = member.value
    }
    // Events do not tell it.
    if message.sequenceID == 0 { object["sequenceId"] = nil }
    if !message.attachments.isEmpty {
      var content = object["content"]?.object ?? [:]
      content["attachments"] = .array(message.attachments.map { .object(attachment($0)) })
      object["content"] = .object(content)
    }
    object["senderName"] = name.map { .string($0) }
    if message.deletedOn == nil, case .html(let html) = message.content {
      object["text"] = .string(PlainText(html: html).text)
    }
    return object
  }

  /// Something that happened.
  static func news(_ news: ChatNews, name: String?) -> JSONObject {
    var object: JSONObject = ["event": .string(news.word)]
    switch news {
    case .received(let thread, let message), .edited(let thread, let message),
      .deleted(let thread, let message):
      for member in self.message(message, in: thread, name: name).members {
        object[member.name] = member.value
      }
    case .typing(let thread, let notice):
      object["threadId"] = .string(thread.rawValue)
      object["senderCommunicationIdentifier"] = IdentifierModel(notice.sender).json
      object["senderName"] = name.map { .string($0) }
      object["receivedOn"] = .string(notice.receivedOn.iso8601)
    case .read(let thread, let receipt):
      object["threadId"] = .string(thread.rawValue)
      object["senderCommunicationIdentifier"] = IdentifierModel(receipt.sender).json
      object["senderName"] = name.map { .string($0) }
      object["chatMessageId"] = .string(receipt.messageID.rawValue)
      object["readOn"] = .string(receipt.readOn.iso8601)
    case .threadCreated(let thread), .threadDeleted(let thread), .threadLeft(let thread):
      object["threadId"] = .string(thread.id.rawValue)
      object["topic"] = .string(thread.topic)
    }
    return object
  }

  private static func attachment(_ attachment: ChatAttachment) -> JSONObject {
    var object: JSONObject = [
      "id": .string(attachment.id), "attachmentType": .string(attachment.kind.rawValue),
    ]
    object["name"] = attachment.name.map { .string($0) }
    object["url"] = attachment.url.map { .string($0) }
    return object
  }

  static func word(_ standing: ThreadStanding) -> String {
    switch standing {
    case .member: "member"
    case .left: "left"
    case .removed: "removed"
    case .deleted: "deleted"
    }
  }
}
