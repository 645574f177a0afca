import ACSTypes
import Services
import Synchronization

extension CommunicationIdentifier {
  static let alice = CommunicationIdentifier(rawID: "8:acs:alice")
  static let bob = CommunicationIdentifier(rawID: "8:acs:bob")
  static let carol = CommunicationIdentifier(rawID: "8:acs:carol")
}

/// Chat with one thread, as Bob sees it; what he is not meant to do is refused.
final class OneThread: ChatService {
  private struct State {
    var messages: [ChatMessage] = []
    var calls: [String] = []
    var refusesMessages = false
  }

  private static let id = ChatThreadID("19:one@thread.v2")
  private let state = Mutex(State())

  /// What Bob did, in order.
  var calls: [String] { state.withLock { $0.calls } }

  /// Puts a message there.
  func say(_ text: String, by sender: CommunicationIdentifier, at milliseconds: Int64) {
    let message = ChatMessage(
      id: ChatMessageID("\(milliseconds)"), sequenceID: milliseconds, version: milliseconds,
      content: .text(text), sender: sender, createdOn: Timestamp(milliseconds: milliseconds))
    state.withLock { $0.messages.insert(message, at: 0) }
  }

  /// Answers 403 to every message from now on.
  func refuseMessages() {
    state.withLock { $0.refusesMessages = true }
  }

  func threads(next: String?) async throws -> Page<ChatThread> {
    state.withLock { state in
      Page(values: [
        ChatThread(
          id: Self.id, topic: "One", lastMessageReceivedOn: state.messages.first?.createdOn)
      ])
    }
  }

  func messages(in thread: ChatThreadID, startTime: Timestamp?, next: String?) async throws
    -> Page<ChatMessage>
  {
    try expect(thread)
    return state.withLock { state in
      Page(values: state.messages.filter { $0.createdOn >= startTime ?? .epoch })
    }
  }

  func send(_ text: String, clientID: String?, senderDisplayName: String, to thread: ChatThreadID)
    async throws -> ChatMessageID
  {
    try expect(thread)
    return try state.withLock { state in
      if state.refusesMessages { throw refusal }
      state.calls.append("\(senderDisplayName): \(text)")
      return ChatMessageID("0")
    }
  }

  func sendTyping(in thread: ChatThreadID, senderDisplayName: String) async throws {
    try expect(thread)
    state.withLock { $0.calls.append("typing") }
  }

  func sendReadReceipt(for message: ChatMessageID, in thread: ChatThreadID) async throws {
    try expect(thread)
    state.withLock { $0.calls.append("read \(message.rawValue)") }
  }

  func thread(_ id: ChatThreadID) async throws -> ChatThread { throw refusal }
  func createThread(topic: String, participants: [ChatParticipant], requestID: String)
    async throws -> ChatThread
  { throw refusal }
  func updateTopic(of id: ChatThreadID, to topic: String) async throws { throw refusal }
  func edit(_ message: ChatMessageID, in thread: ChatThreadID, to text: String) async throws {
    throw refusal
  }
  func message(_ id: ChatMessageID, in thread: ChatThreadID) async throws -> ChatMessage {
    throw refusal
  }
  func delete(_ message: ChatMessageID, in thread: ChatThreadID) async throws { throw refusal }
  func readReceipts(of thread: ChatThreadID) async throws -> [ChatMessageReadReceipt] {
    throw refusal
  }
  func participants(of thread: ChatThreadID) async throws -> [ChatParticipant] { throw refusal }
  func add(_ participants: [ChatParticipant], to thread: ChatThreadID) async throws -> [String] {
    throw refusal
  }
  func remove(_ participant: CommunicationIdentifier, from thread: ChatThreadID) async throws {
    throw refusal
  }

  private func expect(_ thread: ChatThreadID) throws {
    guard thread == Self.id else { throw refusal }
  }

  private var refusal: ServiceError { ServiceError(.forbidden, "Bob has no business there.") }
}
