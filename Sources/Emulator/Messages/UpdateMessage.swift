import ACSTypes
import ACSWire

extension Core {
  /// `PATCH /chat/threads/{t}/messages/{m}`: the id stays; version, editedOn and sequenceId move (WIRE 4.2).
  func updateMessage(
    _ exchange: Exchange, by caller: ChatCaller, in threadID: String, id: String
  ) throws -> HTTPResponse {
    let (thread, participant) = try openThread(threadID, of: caller)
    var message = try ownMessage(id, in: thread, of: participant)
    guard message.deletedOn == nil else {
      throw Refusal(
        404, "NotFound", "The specified message id was not found.",
        why: "The message was deleted.")
    }
    let patch = try exchange.body(as: UpdateChatMessageRequest.self)
    // A patch of nothing is no edit; the same text again is one.
    let hasMetadata = patch.metadata.map { !$0.members.isEmpty } ?? false
    guard patch.content != nil || hasMetadata else { return .empty(204) }
    if let content = patch.content {
      try MessageLimits.check(content)
      message.content = try kept(content, type: message.type)
    }
    if let change = patch.metadata {
      message.metadata = try Metadata.text(
        of: change, into: message.metadata, limit: MessageLimits.content)
    }
    message.editedOn = exchange.now
    try store.updateMessage(message, in: thread.id, now: exchange.now)
    try store.touchThread(thread.id, messageOn: nil, now: exchange.now)
    try note(
      try store.message(message.id, in: thread.id).map(ChatEvent.messageEdited), in: thread.id,
      by: caller, now: exchange.now)
    return .empty(204)
  }
}
