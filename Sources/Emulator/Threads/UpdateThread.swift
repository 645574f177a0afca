import ACSTypes
import ACSWire

extension Core {
  /// `PATCH /chat/threads/{t}`: changes what the body has of topic, metadata and retention.
  func updateThread(_ exchange: Exchange, by caller: ChatCaller, id: String) throws -> HTTPResponse
  {
    let thread = try openThread(id, of: caller).thread
    let patch = try exchange.body(as: UpdateChatThreadRequest.self)
    if exchange.hasThreadMetadata {
      if patch.clearsMetadata { try store.setMetadata(of: thread.id, to: nil) }
      if patch.clearsRetention { try store.setRetention(of: thread.id, days: 0) }
      if let change = patch.metadata {
        let merged = try Metadata.text(of: change, into: thread.metadata, limit: Metadata.limit)
        try store.setMetadata(of: thread.id, to: merged)
      }
      if let policy = patch.retentionPolicy {
        try store.setRetention(of: thread.id, days: try policy.days)
      }
    }
    if let topic = patch.topic {
      try store.setTopic(of: thread.id, to: topic)
      try insertSystemMessage(
        .topicUpdated(topic, by: caller.identity.rawID), in: thread.id, now: exchange.now)
      try note(.threadUpdated, in: thread.id, by: caller, now: exchange.now)
    }
    return .empty(204)
  }
}
