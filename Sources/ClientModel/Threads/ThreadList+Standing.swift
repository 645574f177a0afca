import ACSTypes

/// How the user stands to the threads, and what they made of them.
extension ThreadList {
  /// The topic was changed; an older change than the one known changes nothing.
  mutating func rename(_ id: ChatThreadID, to topic: String, version: Int64) {
    let reading = reading
    change(id) { entry in
      guard version >= entry.topicVersion else { return }
      entry.topicVersion = version
      entry.renamedIn = reading
      entry.thread.topic = topic
    }
  }

  /// The user stands to a thread in another way now.
  mutating func stand(
    _ standing: ThreadStanding, in id: ChatThreadID, by person: CommunicationIdentifier? = nil
  ) {
    let reading = reading
    change(id) { entry in
      entry.removedBy = standing == .removed ? person ?? entry.removedBy : nil
      entry.standing = standing
      entry.stoodIn = reading
    }
  }

  /// The person keeps a thread at the top, or no longer.
  mutating func pin(_ id: ChatThreadID, _ isPinned: Bool) {
    change(id) { $0.isPinned = isPinned }
  }

  /// The person wants no notices of a thread, or wants them again.
  mutating func mute(_ id: ChatThreadID, _ isMuted: Bool) {
    change(id) { $0.isMuted = isMuted }
  }

  /// Takes in what was kept of a thread; what the service has told of it since stays.
  ///
  /// Only the first time: the second reading, of all threads, was begun when the person may have seen, pinned or muted
  /// some of the first ones already.
  ///
  /// - Returns: True for the first time.
  @discardableResult
  mutating func restore(_ stored: StoredThread) -> Bool {
    let id = stored.thread.id
    guard !wasRestored(id) else { return false }
    if !contains(id) {
      insert(Entry(thread: stored.thread, seenUpTo: .epoch))
      stand(stored.standing, in: id, by: stored.removedBy)
    }
    change(id) { entry in
      entry.isRestored = true
      entry.seenUpTo = Timestamp(milliseconds: stored.seenUpTo)
      let came = entry.unread
      entry.unread = UnreadMessages(stored)
      entry.unread.formUnion(came)
      entry.isPinned = stored.isPinned
      entry.isMuted = stored.isMuted
    }
    return true
  }
}
