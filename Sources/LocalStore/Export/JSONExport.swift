import ACSTypes

/// An export as JSON: everything that is kept, with the names that people read.
struct JSONExport: ExportWriter {
  let names: ExportNames
  let plainText: @Sendable (String) -> String
  /// One message a line and nothing else.
  let isLines: Bool

  func head(_ thread: StoredThread) -> String {
    guard !isLines else { return "" }
    var object = JSONObject()
    object.add("id", thread.thread.id.rawValue)
    object.add("topic", thread.thread.topic)
    object.add("createdOn", thread.thread.createdOn?.iso8601)
    object.add("participants", list: thread.participants.map(person))
    return "{\"thread\":\(object.text),\"messages\":["
  }

  func entry(_ message: ChatMessage, isFirst: Bool) -> String {
    let text = object(message).text
    return isLines ? text + "\n" : (isFirst ? "\n" : ",\n") + text
  }

  var tail: String { isLines ? "" : "\n]}\n" }

  private func object(_ message: ChatMessage) -> JSONObject {
    var object = JSONObject()
    object.add("id", message.id.rawValue)
    object.add("sequenceId", String(message.sequenceID))
    object.add("version", String(message.version))
    object.add("createdOn", message.createdOn.iso8601)
    object.add("editedOn", message.editedOn?.iso8601)
    object.add("deletedOn", message.deletedOn?.iso8601)
    if let sender = message.sender {
      object.add("sender", person(sender, names.sender(of: message) ?? ""))
    }
    add(message.content, to: &object)
    if !message.attachments.isEmpty {
      object.add("attachments", list: message.attachments.map(attachment))
    }
    if !message.metadata.isEmpty {
      var metadata = JSONObject()
      for (name, value) in message.metadata.sorted(by: { $0.key < $1.key }) {
        metadata.add(name, value)
      }
      object.add("metadata", metadata)
    }
    return object
  }

  private func add(_ content: ChatMessage.Content, to object: inout JSONObject) {
    func add(_ type: String, _ people: [ChatParticipant], by: CommunicationIdentifier?) {
      object.add("type", type)
      object.add("participants", list: people.map(person))
      if let by { object.add("initiator", person(by, names.name(of: by))) }
    }
    switch content {
    case .text(let text):
      object.add("type", "text")
      object.add("text", text)
    case .html(let html):
      object.add("type", "html")
      object.add("html", html)
      object.add("text", plainText(html))
    case .topicUpdated(let topic, let initiator):
      object.add("type", "topicUpdated")
      object.add("topic", topic)
      if let initiator { object.add("initiator", person(initiator, names.name(of: initiator))) }
    case .participantAdded(let people, let initiator):
      add("participantAdded", people, by: initiator)
    case .participantRemoved(let people, let initiator):
      add("participantRemoved", people, by: initiator)
    case .unknown(let type): object.add("type", type)
    }
  }

  private func person(_ person: ChatParticipant) -> JSONObject {
    self.person(person.identifier, names.name(of: person))
  }

  private func person(_ id: CommunicationIdentifier, _ name: String) -> JSONObject {
    var object = JSONObject()
    object.add("id", id.rawID)
    object.add("name", name)
    return object
  }

  private func attachment(_ file: ChatAttachment) -> JSONObject {
    var object = JSONObject()
    object.add("id", file.id)
    object.add("kind", file.kind.rawValue)
    object.add("name", file.name)
    object.add("url", file.url)
    return object
  }
}

/// A JSON object whose names stand in the order in which they were added.
struct JSONObject {
  private var fields = ""

  var text: String { "{\(fields)}" }

  mutating func add(_ name: String, _ text: String?) {
    if let text { put(name, text.inJSON) }
  }

  mutating func add(_ name: String, _ object: JSONObject) { put(name, object.text) }

  mutating func add(_ name: String, list: [JSONObject]) {
    put(name, "[\(list.map(\.text).joined(separator: ","))]")
  }

  private mutating func put(_ name: String, _ value: String) {
    fields += "\(fields.isEmpty ? "" : ",")\(name.inJSON):\(value)"
  }
}

extension String {
  /// A JSON string; what a terminal would obey is escaped, too.
  fileprivate var inJSON: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case _ where Character(scalar).isControl:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
