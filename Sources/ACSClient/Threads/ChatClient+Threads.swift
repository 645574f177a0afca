public import ACSTypes
import ACSWire

extension ChatClient {
  /// One page of the user's threads.
  public func threads(next: String?) async throws -> Page<ChatThread> {
    try await page(requests.threads(), next: next, during: "listing the threads") {
      (model: ChatThreadItem) in ChatThread(model)
    }
  }

  /// The properties of a thread.
  public func thread(_ id: ChatThreadID) async throws -> ChatThread {
    let model: ChatThreadProperties = try await exchange.answer(
      to: requests.thread(id), during: "reading the thread")
    return ChatThread(model)
  }

  /// Creates a thread, unless the service does not take somebody who was listed.
  ///
  /// - Throws: `ServiceError` with code `.badAnswer` and the service's words when the answer has no thread.
  public func createThread(
    topic: String, participants: [ChatParticipant], requestID: String
  ) async throws -> ChatThread {
    let action = "creating the thread"
    let request = requests.createThread(
      topic: topic, participants: participants, requestID: requestID)
    let result: CreateChatThreadResult = try await exchange.answer(to: request, during: action)
    if let thread = result.chatThread { return ChatThread(thread) }
    let words = (result.invalidParticipants ?? []).map(\.words).joined(separator: " ")
    let told = words.isEmpty ? "" : " The service says: \(words)"
    throw ServiceError(.badAnswer, "Failed \(action): the answer has no thread.\(told)")
  }

  /// Changes the topic.
  public func updateTopic(of id: ChatThreadID, to topic: String) async throws {
    _ = try await exchange.send(
      requests.updateTopic(of: id, to: topic), during: "changing the topic")
  }
}
