/// The id of a message: its arrival in epoch milliseconds, as decimal text (WIRE 4.2).
public struct ChatMessageID: Hashable, Sendable {
  /// The id as the service writes it.
  public var rawValue: String

  /// Takes any text; the service judges it.
  public init(_ rawValue: String) {
    self.rawValue = rawValue
  }

  /// The place of the message among those of its thread; 0 when the id is not a number.
  public var place: Int64 { Int64(rawValue) ?? 0 }
}

/// One message of a thread, a system message included.
public struct ChatMessage: Hashable, Sendable, Codable {
  /// What a message says.
  public enum Content: Hashable, Sendable, Codable {
    /// Plain text.
    case text(String)
    /// HTML, sanitised by the service.
    case html(String)
    /// The topic was changed to `topic`.
    case topicUpdated(topic: String, initiator: CommunicationIdentifier?)
    /// People came in.
    case participantAdded([ChatParticipant], initiator: CommunicationIdentifier?)
    /// People left or were removed.
    case participantRemoved([ChatParticipant], initiator: CommunicationIdentifier?)
    /// A type that this version does not know.
    case unknown(type: String)
  }

  /// The id, which never changes and gives the place.
  public var id: ChatMessageID
  /// The count of the thread's changes when this one was made; moves with an edit.
  public var sequenceID: Int64
  /// Epoch milliseconds of the newest change; equals the id until the first edit.
  public var version: Int64
  /// What it says; empty text in a deleted message.
  public var content: Content
  /// The name that the sender gave with it; empty when none.
  public var senderDisplayName: String
  /// Who sent it; `nil` for system messages.
  public var sender: CommunicationIdentifier?
  /// Arrival, in whole seconds.
  public var createdOn: Timestamp
  /// When it was last edited.
  public var editedOn: Timestamp?
  /// When it was deleted; the message stays as a tombstone.
  public var deletedOn: Timestamp?
  /// Names with texts, for programs; see ``clientID``.
  public var metadata: [String: String]
  /// Files and images that came with it.
  public var attachments: [ChatAttachment]

  /// A message with everything that is known of it.
  public init(
    id: ChatMessageID, sequenceID: Int64, version: Int64, content: Content,
    senderDisplayName: String = "", sender: CommunicationIdentifier? = nil, createdOn: Timestamp,
    editedOn: Timestamp? = nil, deletedOn: Timestamp? = nil, metadata: [String: String] = [:],
    attachments: [ChatAttachment] = []
  ) {
    self.id = id
    self.sequenceID = sequenceID
    self.version = version
    self.content = content
    self.senderDisplayName = senderDisplayName
    self.sender = sender
    self.createdOn = createdOn
    self.editedOn = editedOn
    self.deletedOn = deletedOn
    self.metadata = metadata
    self.attachments = attachments
  }

  /// The name under which a message's sender finds it again when no answer to its sending came.
  ///
  /// Sending has no idempotency of its own (WIRE 4.4), so it stands in the message's metadata.
  public static let clientIDName = "confabClientId"

  /// What the sender's client called it before it had an id; `nil` from clients of others.
  public var clientID: String? { metadata[ChatMessage.clientIDName] }
}

/// One page of a list, newest or first entries as the operation orders them.
public struct Page<Element: Hashable & Sendable>: Hashable, Sendable {
  /// The entries.
  public var values: [Element]
  /// Where the next page is; absolute, to be followed verbatim; `nil` on the last page.
  public var nextLink: String?
  /// When the service answered, by its own clock, in whole seconds; `nil` when it did not say.
  public var servedOn: Timestamp?

  /// A page.
  public init(values: [Element], nextLink: String? = nil, servedOn: Timestamp? = nil) {
    self.values = values
    self.nextLink = nextLink
    self.servedOn = servedOn
  }
}

extension Page: Codable where Element: Codable {}

extension ChatMessageID: Codable {
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
