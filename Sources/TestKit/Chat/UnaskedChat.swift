public import ACSTypes
public import Services

/// A Chat of which only some is asked: a fake brings what its test asks for, and the rest fails.
public protocol UnaskedChat: ChatService {}

extension UnaskedChat {
  private func unasked() -> ServiceError { ServiceError(.unsupported, "Nobody asks this.") }

  /// Fails.
  public func threads(next: String?) async throws -> Page<ChatThread> { throw unasked() }
  /// Fails.
  public func thread(_ id: ChatThreadID) async throws -> ChatThread { throw unasked() }
  /// Fails.
  public func createThread(
    topic: String, participants: [ChatParticipant], requestID: String
  ) async throws -> ChatThread { throw unasked() }
  /// Fails.
  public func updateTopic(of id: ChatThreadID, to topic: String) async throws { throw unasked() }
  /// Fails.
  public func messages(
    in thread: ChatThreadID, startTime: Timestamp?, next: String?
  ) async throws -> Page<ChatMessage> { throw unasked() }
  /// Fails.
  public func message(
    _ id: ChatMessageID, in thread: ChatThreadID
  ) async throws -> ChatMessage { throw unasked() }
  /// Fails.
  public func send(
    _ text: String, clientID: String?, senderDisplayName: String, to thread: ChatThreadID
  ) async throws -> ChatMessageID { throw unasked() }
  /// Fails.
  public func edit(
    _ message: ChatMessageID, in thread: ChatThreadID, to text: String
  ) async throws { throw unasked() }
  /// Fails.
  public func delete(
    _ message: ChatMessageID, in thread: ChatThreadID
  ) async throws { throw unasked() }
  /// Fails.
  public func participants(of thread: ChatThreadID) async throws -> [ChatParticipant] {
    throw unasked()
  }
  /// Fails.
  public func add(
    _ participants: [ChatParticipant], to thread: ChatThreadID
  ) async throws -> [String] { throw unasked() }
  /// Fails.
  public func remove(
    _ participant: CommunicationIdentifier, from thread: ChatThreadID
  ) async throws { throw unasked() }
  /// Fails.
  public func sendTyping(
    in thread: ChatThreadID, senderDisplayName: String
  ) async throws { throw unasked() }
  /// Fails.
  public func readReceipts(of thread: ChatThreadID) async throws -> [ChatMessageReadReceipt] {
    throw unasked()
  }
  /// Fails.
  public func sendReadReceipt(
    for message: ChatMessageID, in thread: ChatThreadID
  ) async throws { throw unasked() }
}
