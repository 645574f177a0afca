extension ClientState {
  /// True once the first sync is whole: signed in, the threads read, the open one's messages and people read, and the
  /// call gateway connected if there is one.
  public var isSynced: Bool {
    guard session.session != nil, threads.isLoaded else { return false }
    switch calls.gateway {
    case .ready, .unsupported: break
    case .closed, .connecting, .failed: return false
    }
    guard let open = threads.open, let conversation = conversations[open] else { return true }
    return conversation.isCurrent && !conversation.participants.isEmpty
  }
}
