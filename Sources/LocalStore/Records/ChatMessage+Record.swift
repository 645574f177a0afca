import ACSTypes
import Services

extension ChatMessage {
  /// Its text as it is written, else what stands for one: a topic, a type.
  var body: String {
    switch content {
    case .text(let text), .html(let text), .topicUpdated(let text, _), .unknown(let text): text
    case .participantAdded, .participantRemoved: ""
    }
  }

  /// All but the ids, the version, the arrival and the body, which have columns of their own.
  var record: [UInt8] {
    var record = RecordWriter()
    switch content {
    case .text: record.put(0)
    case .html: record.put(1)
    case .topicUpdated(_, let initiator):
      record.put(2)
      record.put(initiator) { $0.put($1) }
    case .participantAdded(let people, let initiator):
      record.put(3)
      record.put(people) { $0.put($1) }
      record.put(initiator) { $0.put($1) }
    case .participantRemoved(let people, let initiator):
      record.put(4)
      record.put(people) { $0.put($1) }
      record.put(initiator) { $0.put($1) }
    case .unknown: record.put(5)
    }
    record.put(sequenceID)
    record.put(senderDisplayName)
    record.put(sender) { $0.put($1) }
    record.put(editedOn) { $0.put($1) }
    record.put(deletedOn) { $0.put($1) }
    record.put(metadata.sorted { $0.key < $1.key }) {
      $0.put($1.key)
      $0.put($1.value)
    }
    record.put(attachments) {
      $0.put($1.id)
      $0.put($1.kind.rawValue)
      $0.put($1.name) { $0.put($1) }
      $0.put($1.url) { $0.put($1) }
    }
    return record.bytes
  }

  /// Reads a record.
  init(
    id: ChatMessageID, version: Int64, createdOn: Timestamp, body: String, record: [UInt8]
  ) throws(StoreError) {
    var record = RecordReader(record)
    self.init(
      id: id, sequenceID: 0, version: version, content: try record.content(body: body),
      createdOn: createdOn)
    sequenceID = try record.number()
    senderDisplayName = try record.text()
    sender = try record.optional { r throws(StoreError) in try r.identifier() }
    editedOn = try record.optional { r throws(StoreError) in try r.moment() }
    deletedOn = try record.optional { r throws(StoreError) in try r.moment() }
    for _ in 0..<(try record.count()) {
      let name = try record.text()
      metadata[name] = try record.text()
    }
    attachments = try record.list { r throws(StoreError) in try r.attachment() }
  }
}

extension RecordReader {
  fileprivate mutating func content(body: String) throws(StoreError) -> ChatMessage.Content {
    switch try number() {
    case 0: .text(body)
    case 1: .html(body)
    case 2: .topicUpdated(topic: body, initiator: try initiator())
    case 3: .participantAdded(try people(), initiator: try initiator())
    case 4: .participantRemoved(try people(), initiator: try initiator())
    case 5: .unknown(type: body)
    default: throw RecordReader.damaged
    }
  }

  private mutating func people() throws(StoreError) -> [ChatParticipant] {
    try list { r throws(StoreError) in try r.participant() }
  }

  private mutating func initiator() throws(StoreError) -> CommunicationIdentifier? {
    try optional { r throws(StoreError) in try r.identifier() }
  }

  fileprivate mutating func attachment() throws(StoreError) -> ChatAttachment {
    ChatAttachment(
      id: try text(), kind: ChatAttachment.Kind(rawValue: try text()) ?? .unknown,
      name: try optional { r throws(StoreError) in try r.text() },
      url: try optional { r throws(StoreError) in try r.text() })
  }
}
