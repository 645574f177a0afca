import ACSTypes

extension Core {
  /// `DELETE /chat/threads/{t}`; again is 204 again for who took part (WIRE 12.1).
  func deleteThread(_ exchange: Exchange, by caller: ChatCaller, id: String) throws -> HTTPResponse
  {
    let thread = try knownThread(id)
    _ = try place(of: caller, in: thread)
    if thread.deletedOn == nil {
      try store.deleteThread(thread.id, now: exchange.now)
      try note(.threadDeleted, in: thread.id, by: caller, now: exchange.now)
    }
    return .empty(204)
  }
}
