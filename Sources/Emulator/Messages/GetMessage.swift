import ACSTypes
import ACSWire

extension Core {
  /// `GET /chat/threads/{t}/messages/{m}`; a deleted message is there without its content.
  func message(
    _ exchange: Exchange, for caller: ChatCaller, in threadID: String, id: String
  ) throws -> HTTPResponse {
    let (thread, participant) = try openThread(threadID, of: caller)
    return .json(try ChatMessageModel(row: try knownMessage(id, in: thread, for: participant)))
  }

  /// A message that the participant may see.
  ///
  /// - Throws: ``Refusal`` with status 400 for what is no id, in the words recorded, and 404 for an unknown one.
  func knownMessage(
    _ text: String, in thread: ThreadRow, for participant: ParticipantRow
  ) throws -> MessageRow {
    guard let id = Int64(text), id >= 0 else {
      throw Refusal(
        400, "BadRequest", "Value for MessageId (\(text)) is not valid.",
        why: "A message id is a whole number of milliseconds since 1970.")
    }
    guard id >= participant.shareHistoryTime.milliseconds,
      let message = try store.message(id, in: thread.id)
    else {
      throw Refusal(
        404, "NotFound", "The specified message id was not found.",
        why: "The thread has no message \(id) that \(participant.identity) may see.")
    }
    return message
  }

  /// A message that the caller sent and may change.
  ///
  /// - Throws: ``Refusal`` with status 403 for messages of others and of the service.
  func ownMessage(
    _ text: String, in thread: ThreadRow, of participant: ParticipantRow
  ) throws -> MessageRow {
    let message = try knownMessage(text, in: thread, for: participant)
    guard message.sender == participant.identity else {
      throw Refusal.forbidden(
        message.sender.map { "Only \($0), who sent the message, may change it." }
          ?? "Nobody may change a system message.")
    }
    return message
  }
}

extension ChatMessageModel {
  /// The message as the service tells it; a deleted one has neither content nor metadata.
  ///
  /// Who gave no name gets an empty one, as recorded.
  init(row: MessageRow) throws {
    var content: ChatMessageContentModel?
    if row.deletedOn == nil {
      content =
        row.sender == nil
        ? try ChatMessageContentModel(text: row.content)
        : ChatMessageContentModel(message: row.content)
    }
    let metadata = row.deletedOn == nil ? row.metadata : nil
    self.init(
      id: String(row.id), type: row.type, sequenceID: String(row.sequence),
      version: String(row.version), content: content,
      senderDisplayName: row.sender == nil ? nil : row.displayName ?? "",
      createdOn: WireTime(chat: Timestamp(milliseconds: row.id)),
      sender: row.sender.map { IdentifierModel(CommunicationIdentifier(rawID: $0)) },
      deletedOn: row.deletedOn.map(WireTime.init(chat:)),
      editedOn: row.editedOn.map(WireTime.init(chat:)),
      metadata: Metadata.object(metadata))
  }
}
