import ACSTypes
import ACSWire

extension Core {
  /// `PATCH /chat/threads/{t}`: changes the topic, if the body has one.
  func updateThread(_ exchange: Exchange, by caller: ChatCaller, id: String) throws -> HTTPResponse
  {
    let thread = try openThread(id, of: caller).thread
    let patch = try exchange.body(as: UpdateChatThreadRequest.self)
    if let topic = patch.topic {
      try store.setTopic(of: thread.id, to: topic)
      try insertSystemMessage(
        .topicUpdated(topic, by: caller.identity.rawID), in: thread.id, now: exchange.now)
    }
    return .empty(204)
  }
}
