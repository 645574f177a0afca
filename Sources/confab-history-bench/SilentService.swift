import ACSTypes
import Services

/// Signs in whoever asks, and answers nothing else until it is cancelled.
struct SilentService: SignIn, ChatService {
  /// When the token begins.
  let now: Timestamp

  func renew() async throws -> Session {
    Session(
      identity: person(1), displayName: "Alice", scopes: [.chat], issuedOn: now,
      expiresOn: now + .seconds(86_400), renewOn: now + .seconds(80_000))
  }

  func threads(next: String?) async throws -> Page<ChatThread> { try await silence() }

  func thread(_ id: ChatThreadID) async throws -> ChatThread { try await silence() }

  func createThread(
    topic: String, participants: [ChatParticipant], requestID: String
  ) async throws -> ChatThread { try await silence() }

  func updateTopic(of id: ChatThreadID, to topic: String) async throws { try await silence() }

  func messages(
    in thread: ChatThreadID, startTime: Timestamp?, next: String?
  ) async throws -> Page<ChatMessage> { try await silence() }

  func message(_ id: ChatMessageID, in thread: ChatThreadID) async throws -> ChatMessage {
    try await silence()
  }

  func send(
    _ text: String, clientID: String?, senderDisplayName: String, to thread: ChatThreadID
  ) async throws -> ChatMessageID { try await silence() }

  func edit(
    _ message: ChatMessageID, in thread: ChatThreadID, to text: String
  ) async throws { try await silence() }

  func delete(_ message: ChatMessageID, in thread: ChatThreadID) async throws {
    try await silence()
  }

  func participants(of thread: ChatThreadID) async throws -> [ChatParticipant] {
    try await silence()
  }

  func add(
    _ participants: [ChatParticipant], to thread: ChatThreadID
  ) async throws -> [String] { try await silence() }

  func remove(
    _ participant: CommunicationIdentifier, from thread: ChatThreadID
  ) async throws { try await silence() }

  func sendTyping(in thread: ChatThreadID, senderDisplayName: String) async throws {
    try await silence()
  }

  func readReceipts(of thread: ChatThreadID) async throws -> [ChatMessageReadReceipt] {
    try await silence()
  }

  func sendReadReceipt(for message: ChatMessageID, in thread: ChatThreadID) async throws {
    try await silence()
  }

  private func silence() async throws -> Never {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    for await _ in stream {}
    withExtendedLifetime(continuation) {}
    throw CancellationError()
  }
}
