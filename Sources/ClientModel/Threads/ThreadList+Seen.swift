import ACSTypes

/// What came in the threads, and what of it the person has seen.
extension ThreadList {
  /// A message of somebody else arrived in `id` at `moment`; `isSeen` when the person looks at it.
  ///
  /// `counts` is true for what somebody wrote, false for what the service tells and for what was deleted.
  mutating func noteMessage(
    in id: ChatThreadID, on moment: Timestamp, place: Int64? = nil, isSeen: Bool,
    counts: Bool = true
  ) {
    change(id) { entry in
      let last = max(entry.thread.lastMessageReceivedOn ?? .epoch, moment)
      entry.thread.lastMessageReceivedOn = last
      let place = place ?? moment.milliseconds
      if isSeen {
        entry.seenUpTo = max(entry.seenUpTo, last)
        entry.unread.insert(place)
        entry.unread.seeAll(upTo: last)
      } else if counts {
        entry.unread.insert(place)
      } else {
        entry.unread.remove(place)
      }
    }
  }

  /// The messages that are unread were read: all of them, or only the newest of very many.
  mutating func noteCounted(in id: ChatThreadID, isWhole: Bool) {
    change(id) { $0.unread.noteCounted(isWhole: isWhole) }
  }

  /// A message of the user's own arrived in `id` that they did not send before their eyes: all before it is seen, and
  /// nothing after it.
  ///
  /// It may be old: a reading after a restart brings it along.
  mutating func noteOwnMessage(in id: ChatThreadID, on moment: Timestamp, place: Int64) {
    change(id) { entry in
      let last = max(entry.thread.lastMessageReceivedOn ?? .epoch, moment)
      entry.thread.lastMessageReceivedOn = last
      entry.seenUpTo = max(entry.seenUpTo, moment)
      entry.unread.see(upTo: place)
    }
  }

  /// The person looks at `id` now; gives true when it had something unseen.
  mutating func markSeen(_ id: ChatThreadID) -> Bool {
    guard let entry = entry(id), entry.isUnread else { return false }
    change(id) { entry in
      entry.seenUpTo = max(entry.seenUpTo, entry.thread.lastMessageReceivedOn ?? .epoch)
      entry.unread.seeAll(upTo: entry.seenUpTo)
    }
    return true
  }
}
