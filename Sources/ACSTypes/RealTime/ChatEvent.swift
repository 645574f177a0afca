/// What happened in a chat, as the service tells it the moment it happens (REALTIME 1).
///
/// Events may be lost, come twice, late and in another order than they happened; their versions tell which is newer.
public enum ChatEvent: Hashable, Sendable, Codable {
  /// A message was sent, the user's own ones included; its `sequenceID` is 0, for events do not tell it.
  case messageReceived(ChatThreadID, ChatMessage)
  /// A message was edited.
  case messageEdited(ChatThreadID, ChatMessage)
  /// A message was deleted: it has a `deletedOn` and no text.
  case messageDeleted(ChatThreadID, ChatMessage)
  /// Somebody is typing.
  case typingReceived(ChatThreadID, TypingNotice)
  /// Somebody read up to a message.
  case readReceiptReceived(ChatThreadID, ChatMessageReadReceipt)
  /// A thread was created with the user in it.
  case threadCreated(ChatThread, members: [ChatParticipant], version: Int64)
  /// A thread's topic changed.
  case threadPropertiesUpdated(ThreadChange, topic: String)
  /// A thread was deleted.
  case threadDeleted(ThreadChange)
  /// People came in; no system message tells it over this way.
  case participantsAdded(ThreadChange, [ChatParticipant])
  /// People left or were removed; the user may be among them.
  case participantsRemoved(ThreadChange, [ChatParticipant])

  /// The thread it happened in.
  public var thread: ChatThreadID {
    switch self {
    case .messageReceived(let id, _), .messageEdited(let id, _), .messageDeleted(let id, _),
      .typingReceived(let id, _), .readReceiptReceived(let id, _):
      id
    case .threadCreated(let thread, _, _): thread.id
    case .threadPropertiesUpdated(let change, _), .threadDeleted(let change),
      .participantsAdded(let change, _), .participantsRemoved(let change, _):
      change.thread
    }
  }
}

/// Who changed a thread, and when.
public struct ThreadChange: Hashable, Sendable, Codable {
  /// The thread.
  public var thread: ChatThreadID
  /// Who did it; `nil` when the event does not tell.
  public var initiator: CommunicationIdentifier?
  /// When.
  public var changedOn: Timestamp
  /// Epoch milliseconds; a later change has a greater one.
  public var version: Int64

  /// A change.
  public init(
    thread: ChatThreadID, initiator: CommunicationIdentifier?, changedOn: Timestamp,
    version: Int64
  ) {
    self.thread = thread
    self.initiator = initiator
    self.changedOn = changedOn
    self.version = version
  }
}

/// That somebody is typing; there is no event for when they stop.
public struct TypingNotice: Hashable, Sendable, Codable {
  /// Who.
  public var sender: CommunicationIdentifier
  /// The name that they gave with it; empty when none.
  public var displayName: String
  /// When they typed.
  public var receivedOn: Timestamp

  /// A notice.
  public init(sender: CommunicationIdentifier, displayName: String, receivedOn: Timestamp) {
    self.sender = sender
    self.displayName = displayName
    self.receivedOn = receivedOn
  }
}

/// What the channel of chat events tells.
public enum ChatEventSignal: Hashable, Sendable, Codable {
  /// From now on events come; those of before may be missing.
  case connected
  /// Something happened.
  case event(ChatEvent)
  /// The service lost events: whoever keeps a copy reads it anew (REALTIME 4).
  case eventsLost
}
