public import ACSTypes

/// The Chat service as a signed-in user sees it (WIRE 4).
///
/// Every operation throws `ServiceError`.
public protocol ChatService: Sendable {
  /// The user's threads, deleted ones included; `next` is the last page's `nextLink`, `nil` for the first page.
  func threads(next: String?) async throws -> Page<ChatThread>

  /// The properties of one thread.
  func thread(_ id: ChatThreadID) async throws -> ChatThread

  /// Creates a thread; the user is a participant without being listed. The same `requestID` makes one thread.
  func createThread(topic: String, participants: [ChatParticipant], requestID: String) async throws
    -> ChatThread

  /// Changes the topic.
  func updateTopic(of id: ChatThreadID, to topic: String) async throws

  /// Messages, newest first. `startTime` leaves out older ones; `next` as in ``threads(next:)``.
  func messages(in thread: ChatThreadID, startTime: Timestamp?, next: String?) async throws
    -> Page<ChatMessage>

  /// One message; `ServiceError` of `.notFound` when it is not there.
  func message(_ id: ChatMessageID, in thread: ChatThreadID) async throws -> ChatMessage

  /// Sends plain text and gives the new message's id; a `clientID` goes along as metadata (``ChatMessage/clientID``).
  func send(_ text: String, clientID: String?, senderDisplayName: String, to thread: ChatThreadID)
    async throws -> ChatMessageID

  /// Replaces the text of an own message.
  func edit(_ message: ChatMessageID, in thread: ChatThreadID, to text: String) async throws

  /// Deletes an own message.
  func delete(_ message: ChatMessageID, in thread: ChatThreadID) async throws

  /// Who is in a thread, all pages.
  func participants(of thread: ChatThreadID) async throws -> [ChatParticipant]

  /// Adds people; gives those that the service did not take, with its words.
  func add(_ participants: [ChatParticipant], to thread: ChatThreadID) async throws -> [String]

  /// Removes somebody.
  func remove(_ participant: CommunicationIdentifier, from thread: ChatThreadID) async throws

  /// Tells the others that the user is typing.
  func sendTyping(in thread: ChatThreadID, senderDisplayName: String) async throws

  /// Up to where people have read, all pages.
  func readReceipts(of thread: ChatThreadID) async throws -> [ChatMessageReadReceipt]

  /// Tells the others that the user has read up to `message`.
  func sendReadReceipt(for message: ChatMessageID, in thread: ChatThreadID) async throws
}
