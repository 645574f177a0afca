/// One change of what is kept on this machine.
public enum HistoryChange: Hashable, Sendable {
  /// The whole list of threads was read: a thread that it did not name is new from now on.
  case listRead
  /// A thread is here, or all of it but its messages changed.
  case thread(StoredThread)
  /// A thread and its messages go; what is wanted of it stays until it is settled.
  case threadForgotten(ChatThreadID)
  /// The person's draft changed; one for a thread that is not here is not kept.
  case draft(ChatThreadID, String)
  /// Messages came; of two with one id the greater `MessageRevision` stays, else the first.
  ///
  /// Nothing is kept of a deleted one's content and attachments. The thread need not be here.
  case messages(ChatThreadID, [ChatMessage])
  /// A stretch of a thread was read whole; one of a thread that is not here says nothing.
  case stretch(ChatThreadID, HistoryStretch)
  /// Something is wanted, or it got further.
  case outbox(OutboxRecord)
  /// What was wanted is done, or taken back.
  case outboxSettled(clientID: String)
  /// A name for somebody; empty takes it away.
  case contact(CommunicationIdentifier, name: String)
  /// Messages that arrived before this are no longer wanted; ``StoredThread/historyWasCut(upTo:)`` tells what it does to
  /// the threads.
  case retention(before: Timestamp)
}

/// All that is kept, messages aside: what the first screen needs.
public struct StoredHistory: Hashable, Sendable, Codable {
  /// The threads, in no order.
  public var threads: [StoredThread]
  /// What is not yet acknowledged, oldest first.
  public var outbox: [OutboxRecord]
  /// Names that the person or events gave people.
  public var contacts: [CommunicationIdentifier: String]
  /// True once the whole list of threads was read, though none is in it: a thread that is not here is new.
  public var isListRead: Bool
  /// Whose it is; `nil` where the store has but one account's and does not tell, or knows of none yet.
  public var account: CommunicationIdentifier?

  /// A history; empty when nothing is given.
  public init(
    threads: [StoredThread] = [], outbox: [OutboxRecord] = [],
    contacts: [CommunicationIdentifier: String] = [:], isListRead: Bool = false,
    account: CommunicationIdentifier? = nil
  ) {
    self.account = account
    self.threads = threads
    self.outbox = outbox
    self.contacts = contacts
    self.isListRead = isListRead
  }
}

/// Messages of one thread as they are kept, and where more of them are.
public struct StoredMessages: Hashable, Sendable, Codable {
  /// The thread.
  public var thread: ChatThreadID
  /// The messages, oldest first; none is kept between two of them that is not here.
  public var messages: [ChatMessage]
  /// True when none is kept that is older.
  public var isFirst: Bool
  /// True when none is kept that is newer.
  public var isLast: Bool

  /// Messages as they were read.
  public init(thread: ChatThreadID, messages: [ChatMessage], isFirst: Bool, isLast: Bool) {
    self.thread = thread
    self.messages = messages
    self.isFirst = isFirst
    self.isLast = isLast
  }
}

/// A message that was found by its words.
public struct HistoryHit: Hashable, Sendable, Codable {
  /// Where it is.
  public var thread: ChatThreadID
  /// The message.
  public var message: ChatMessage
  /// Its text around the words, one line.
  public var excerpt: String
  /// Which characters of the excerpt are the words, as offsets of characters; oldest first, apart from each other.
  public var marks: [Range<Int>]

  /// A hit.
  public init(thread: ChatThreadID, message: ChatMessage, excerpt: String, marks: [Range<Int>]) {
    self.thread = thread
    self.message = message
    self.excerpt = excerpt
    self.marks = marks
  }
}
