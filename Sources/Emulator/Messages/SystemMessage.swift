import ACSTypes
import ACSWire

/// What the service itself writes into a thread (WIRE 4.2).
enum SystemMessage {
  /// The topic was changed, by whom.
  case topicUpdated(String, by: String)
  /// People came in.
  case participantAdded([ParticipantRow], by: String)
  /// People left or were removed.
  case participantRemoved([ParticipantRow], by: String)

  /// The message's type.
  var type: String {
    switch self {
    case .topicUpdated: "topicUpdated"
    case .participantAdded: "participantAdded"
    case .participantRemoved: "participantRemoved"
    }
  }

  /// The message's content.
  var content: ChatMessageContentModel {
    switch self {
    case .topicUpdated(let topic, let initiator):
      ChatMessageContentModel(
        topic: topic, initiator: IdentifierModel(CommunicationIdentifier(rawID: initiator)))
    case .participantAdded(let people, let initiator),
      .participantRemoved(let people, let initiator):
      ChatMessageContentModel(
        participants: people.map(ChatParticipantModel.init),
        initiator: IdentifierModel(CommunicationIdentifier(rawID: initiator)))
    }
  }
}

extension Core {
  /// Writes a system message into a thread, which is its last message then.
  func insertSystemMessage(
    _ message: SystemMessage, in thread: String, now: Timestamp
  ) throws {
    let row = MessageRow(
      id: 0, type: message.type, version: 0, content: message.content.json.text)
    let kept = try store.insertMessage(row, in: thread, now: now)
    try store.touchThread(thread, messageOn: Timestamp(milliseconds: kept.id), now: now)
  }
}
