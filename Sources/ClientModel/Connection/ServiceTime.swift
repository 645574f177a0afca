import ACSTypes

/// The service's clock, which may be another than this machine's.
extension ClientState {
  /// A page told when it was made.
  mutating func noteServiceTime(_ servedOn: Timestamp?, _ turn: Turn) {
    if let servedOn { connection.serviceAhead = servedOn - turn.now }
  }

  /// The latest time that a message or a thread can tell: a day after the service's clock.
  ///
  /// A later one is nonsense, and all that comes after it would count as read before.
  func latestTime(_ turn: Turn) -> Timestamp {
    turn.now + connection.serviceAhead + .seconds(86_400)
  }

  /// A thread as the service tells it by itself, outside of the list's pages.
  mutating func put(_ thread: ChatThread, _ turn: Turn) {
    threads.put(thread.withoutTimes(after: latestTime(turn)))
  }
}

extension ChatThread {
  /// The thread without the times that cannot be.
  func withoutTimes(after latest: Timestamp) -> ChatThread {
    var thread = self
    if let last = lastMessageReceivedOn, last > latest { thread.lastMessageReceivedOn = nil }
    if let created = createdOn, created > latest { thread.createdOn = nil }
    return thread
  }
}
