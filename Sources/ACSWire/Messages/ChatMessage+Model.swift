public import ACSTypes

extension ChatMessage {
  /// The message that Chat tells.
  ///
  /// Numbers that Chat should not have sent do not hide a message: a bad sequence id becomes 0, a bad version the id.
  public init(_ model: ChatMessageModel) {
    let id = ChatMessageID(model.id)
    self.init(
      id: id, sequenceID: Int64(model.sequenceID) ?? 0,
      version: Int64(model.version) ?? id.place, content: Content(model),
      senderDisplayName: model.senderDisplayName ?? "", sender: model.sender?.identifier,
      createdOn: model.createdOn.moment, editedOn: model.editedOn?.moment,
      deletedOn: model.deletedOn?.moment, metadata: model.metadata?.texts ?? [:],
      attachments: ChatAttachment.all(in: model.content))
  }
}

extension JSONObject {
  /// The members that are texts.
  fileprivate var texts: [String: String] {
    var texts: [String: String] = [:]
    for member in members { texts[member.name] = member.value.string }
    return texts
  }
}

extension ChatMessage.Content {
  fileprivate init(_ model: ChatMessageModel) {
    let content = model.content
    let people = (content?.participants ?? []).map(ChatParticipant.init)
    let initiator = content?.initiator?.identifier
    self =
      switch model.type {
      case "text": .text(content?.message ?? "")
      case "html": .html(content?.message ?? "")
      case "topicUpdated": .topicUpdated(topic: content?.topic ?? "", initiator: initiator)
      case "participantAdded": .participantAdded(people, initiator: initiator)
      case "participantRemoved": .participantRemoved(people, initiator: initiator)
      default: .unknown(type: model.type)
      }
  }

  fileprivate var typeName: String {
    switch self {
    case .text: "text"
    case .html: "html"
    case .topicUpdated: "topicUpdated"
    case .participantAdded: "participantAdded"
    case .participantRemoved: "participantRemoved"
    case .unknown(let type): type
    }
  }

  fileprivate var model: ChatMessageContentModel? {
    switch self {
    case .text(let text), .html(let text):
      ChatMessageContentModel(message: text)
    case .topicUpdated(let topic, let initiator):
      ChatMessageContentModel(topic: topic, initiator: initiator.map { IdentifierModel($0) })
    case .participantAdded(let people, let initiator),
      .participantRemoved(let people, let initiator):
      ChatMessageContentModel(
        participants: people.map(ChatParticipantModel.init),
        initiator: initiator.map { IdentifierModel($0) })
    case .unknown: nil
    }
  }
}

extension ChatMessageModel {
  /// The message as Chat would tell it; a deleted one has no content.
  public init(_ message: ChatMessage) {
    self.init(
      id: message.id.rawValue, type: message.content.typeName,
      sequenceID: String(message.sequenceID), version: String(message.version),
      content: message.deletedOn == nil ? message.content.model : nil,
      senderDisplayName: message.sender == nil ? nil : message.senderDisplayName,
      createdOn: WireTime(chat: message.createdOn),
      sender: message.sender.map { IdentifierModel($0) },
      deletedOn: message.deletedOn.map(WireTime.init(chat:)),
      editedOn: message.editedOn.map(WireTime.init(chat:)),
      metadata: message.metadata.isEmpty
        ? nil : JSONObject(message.metadata.sorted { $0.key < $1.key }.map { ($0, .string($1)) }))
  }
}
