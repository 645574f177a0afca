/// The id of a chat thread, `19:…@thread.v2`.
public struct ChatThreadID: Hashable, Sendable {
  /// The id as the service writes it.
  public var rawValue: String

  /// Takes any text; the service judges it.
  public init(_ rawValue: String) {
    self.rawValue = rawValue
  }
}

/// What the service says of a chat thread, from its list or its properties.
public struct ChatThread: Hashable, Sendable, Codable {
  /// The thread's id.
  public var id: ChatThreadID
  /// The topic; may hold any text, hostile ones included.
  public var topic: String
  /// When it was created; `nil` in lists, which do not tell it.
  public var createdOn: Timestamp?
  /// Who created it; `nil` in lists.
  public var createdBy: CommunicationIdentifier?
  /// When it was deleted; deleted threads stay in lists (WIRE 4.3).
  public var deletedOn: Timestamp?
  /// When the last message arrived; a thread just made may lack it.
  public var lastMessageReceivedOn: Timestamp?

  /// A thread with an id and a topic; the rest as known.
  public init(
    id: ChatThreadID, topic: String, createdOn: Timestamp? = nil,
    createdBy: CommunicationIdentifier? = nil, deletedOn: Timestamp? = nil,
    lastMessageReceivedOn: Timestamp? = nil
  ) {
    self.id = id
    self.topic = topic
    self.createdOn = createdOn
    self.createdBy = createdBy
    self.deletedOn = deletedOn
    self.lastMessageReceivedOn = lastMessageReceivedOn
  }
}

/// Somebody in a chat thread.
public struct ChatParticipant: Hashable, Sendable, Codable {
  /// Who.
  public var identifier: CommunicationIdentifier
  /// The name the thread knows them by; `nil` when none was given.
  public var displayName: String?
  /// From when on they see the history; `nil` or the epoch means all of it.
  public var shareHistoryTime: Timestamp?

  /// A participant.
  public init(
    identifier: CommunicationIdentifier, displayName: String? = nil,
    shareHistoryTime: Timestamp? = nil
  ) {
    self.identifier = identifier
    self.displayName = displayName
    self.shareHistoryTime = shareHistoryTime
  }
}

/// That somebody has read up to a message.
public struct ChatMessageReadReceipt: Hashable, Sendable, Codable {
  /// Who read.
  public var sender: CommunicationIdentifier
  /// The newest message read.
  public var messageID: ChatMessageID
  /// When.
  public var readOn: Timestamp

  /// A receipt.
  public init(sender: CommunicationIdentifier, messageID: ChatMessageID, readOn: Timestamp) {
    self.sender = sender
    self.messageID = messageID
    self.readOn = readOn
  }
}

extension ChatThreadID: Codable {
  /// Reads the text alone, as ``encode(to:)`` writes it.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  /// Writes the text alone.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}
