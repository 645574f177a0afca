import ACSTypes

extension Core {
  /// `DELETE /chat/threads/{t}/messages/{m}`: a tombstone stays; again is 204 again.
  ///
  /// Like an edit it counts as a change of the thread, which is not recorded.
  func deleteMessage(
    _ exchange: Exchange, by caller: ChatCaller, in threadID: String, id: String
  ) throws -> HTTPResponse {
    let (thread, participant) = try openThread(threadID, of: caller)
    var message = try ownMessage(id, in: thread, of: participant)
    guard message.deletedOn == nil else { return .empty(204) }
    message.deletedOn = exchange.now
    message.content = ""
    message.metadata = nil
    try store.updateMessage(message, in: thread.id, now: exchange.now)
    try store.touchThread(thread.id, messageOn: nil, now: exchange.now)
    try note(
      try store.message(message.id, in: thread.id).map(ChatEvent.messageDeleted), in: thread.id,
      by: caller, now: exchange.now)
    return .empty(204)
  }
}
