/// What the person wants done to a thread and the service has not yet acknowledged.
public struct OutboxRecord: Hashable, Sendable, Codable {
  /// What is wanted.
  public enum Intent: Hashable, Sendable, Codable {
    /// Send a text.
    case send(text: String)
    /// Replace the text of an own message.
    case edit(ChatMessageID, text: String)
    /// Delete an own message.
    case delete(ChatMessageID)
  }

  /// How far it has come.
  public enum State: Hashable, Sendable, Codable {
    /// Waits for its turn, or for the service to be reachable.
    case queued
    /// A request went out and no answer has come: it may have arrived, so the thread is looked through before another goes.
    case unsettled
    /// The service refused it.
    case failed(reason: String)
  }

  /// Names it for good, the same in every try: a UUID, which goes along with a message as metadata.
  public var clientID: String
  /// The thread.
  public var thread: ChatThreadID
  /// What is wanted.
  public var intent: Intent
  /// When the person asked for it; the order within a thread.
  public var writtenOn: Timestamp
  /// How far it has come.
  public var state: State
  /// How often it was tried.
  public var attempts: Int

  /// A wish of the person.
  public init(
    clientID: String, thread: ChatThreadID, intent: Intent, writtenOn: Timestamp,
    state: State = .queued, attempts: Int = 0
  ) {
    self.clientID = clientID
    self.thread = thread
    self.intent = intent
    self.writtenOn = writtenOn
    self.state = state
    self.attempts = attempts
  }
}
