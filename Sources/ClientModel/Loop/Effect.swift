public import ACSTypes

/// Names one effect while it is under way; its result comes back with it.
public struct EffectID: Hashable, Sendable {
  /// Counts up from 1 within one run.
  public var rawValue: Int

  /// An id.
  public init(_ rawValue: Int) {
    self.rawValue = rawValue
  }
}

/// What the client asks of the world.
public struct Effect: Hashable, Sendable {
  /// The name under which the result comes back.
  public var id: EffectID
  /// What is to be done.
  public var action: Action

  /// An effect.
  public init(id: EffectID, action: Action) {
    self.id = id
    self.action = action
  }

  /// What is to be done.
  public enum Action: Hashable, Sendable {
    /// Fetch a token, or a new one.
    case renewToken
    /// Read a page of the thread list; the first for `nil`.
    case listThreads(next: String?)
    /// Read a page of a thread's messages.
    case listMessages(ChatThreadID, MessageQuery)
    /// Read one message again.
    case readMessage(ChatThreadID, ChatMessageID)
    /// Read who is in a thread.
    case listParticipants(ChatThreadID)
    /// Create a thread; a repeated `requestID` creates one.
    case createThread(topic: String, participants: [ChatParticipant], requestID: String)
    /// Send plain text; the client id goes along with it.
    case send(ChatThreadID, clientID: String, text: String)
    /// Look through the messages that arrived since a moment for the one that was sent under a client id.
    case findSent(ChatThreadID, clientID: String, since: Timestamp)
    /// Replace the text of an own message.
    case edit(ChatThreadID, ChatMessageID, clientID: String, text: String)
    /// Delete an own message.
    case delete(ChatThreadID, ChatMessageID, clientID: String)
    /// Read what is kept, messages aside; the first threads of a list, or all for `nil`.
    case loadHistory(firstThreads: Int?)
    /// Turn to what is kept of whoever signed in, and read its first threads if that is another's.
    case openHistory(CommunicationIdentifier, firstThreads: Int)
    /// Read messages that are kept.
    case loadMessages(ChatThreadID, StoredQuery)
    /// Look for the newest kept messages with all words of a text, in one thread or in all, older than a place.
    case search(String, in: ChatThreadID?, before: Int64?)
    /// Keep changes on this machine, all of them or none.
    case save([HistoryChange])
    /// Read the properties of one thread.
    case readThread(ChatThreadID)
    /// Give a thread another topic.
    case updateTopic(ChatThreadID, topic: String)
    /// Add people to a thread.
    case addParticipants(ChatThreadID, [ChatParticipant])
    /// Take somebody out of a thread; the user themselves to leave it.
    case removeParticipant(ChatThreadID, CommunicationIdentifier)
    /// Read up to where people have read.
    case listReceipts(ChatThreadID)
    /// Connect to the service's events and stay connected; ends when the connection does.
    case openEvents
    /// Tell the others that the user is typing.
    case sendTyping(ChatThreadID)
    /// Tell the others that the user has read up to a message.
    case sendReadReceipt(ChatThreadID, ChatMessageID)
    /// Find people by name.
    case findPeople(String)
    /// Ask the directory what people are called who were seen in a thread without a name.
    case namePeople([CommunicationIdentifier], seenIn: ChatThreadID)
    /// Connect to the call gateway and stay connected; ends when the connection does.
    case openGateway
    /// Send a command to the call gateway.
    case command(CallCommand)
    /// Ring the terminal's bell.
    case ring
    /// Draw the whole screen again.
    case redraw
    /// Stop the program as a job of the shell, until it is told to go on.
    case suspend
    /// Give up an effect that is under way.
    case cancel(EffectID)
    /// Leave the program.
    case quit
  }
}

/// Which messages of a thread are asked for.
public enum MessageQuery: Hashable, Sendable {
  /// The newest page.
  case newest
  /// What changed since a moment; the reader overlaps and compares versions.
  case since(Timestamp)
  /// The page after one of these, by its link; the reading goes on down to a moment.
  case more(nextLink: String, since: Timestamp)
  /// The next older page, by the link of the page before it.
  case older(nextLink: String)
}

/// Which of a thread's kept messages are read.
public enum StoredQuery: Hashable, Sendable {
  /// The newest ones.
  case newest
  /// Those before a place, the nearest first.
  case before(Int64)
  /// Those after a place, the nearest first.
  case after(Int64)
  /// Those before a place, the one that is there, and those after it.
  case around(Int64)

  /// How many are read at a time; ``around(_:)`` reads as many on each side.
  public static let limit = 100
  /// How many hits a search brings at a time.
  public static let hitLimit = 50
}

extension EffectID: Codable {
  /// Reads the number alone, as ``encode(to:)`` writes it.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(Int.self))
  }

  /// Writes the number alone.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}
