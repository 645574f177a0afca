import ACSTypes

/// What the pages of the service's list tell.
extension ThreadList {
  /// The list is asked for: what its pages tell is of this moment.
  mutating func beginReading() { reading += 1 }

  /// Takes a page in; `isLast` ends the reading: from what no page named the user was removed.
  ///
  /// A thread met for the first time in the first whole reading counts as seen; one met later does not.
  ///
  /// - Returns: What is new or told otherwise than before, with the time of the last message that was known, if any.
  @discardableResult
  mutating func take(_ threads: [ChatThread], isLast: Bool) -> [Change] {
    var changes: [Change] = []
    for thread in threads {
      let before = entry(thread.id)
      if thread.deletedOn == nil {
        put(thread, isOfReading: true)
      } else {
        stand(.deleted, in: thread.id)
      }
      let after = entry(thread.id)
      if before?.thread != after?.thread || before?.standing != after?.standing {
        changes.append(
          Change(
            thread: thread.id, isNew: before == nil, before: before?.thread.lastMessageReceivedOn))
      }
    }
    guard isLast else { return changes }
    for thread in unnamed {
      change(thread.id) { $0.standing = .removed }
      changes.append(
        Change(thread: thread.id, isNew: false, before: thread.lastMessageReceivedOn))
    }
    isLoaded = true
    return changes
  }

  /// What a page of the list told anew.
  struct Change: Hashable {
    var thread: ChatThreadID
    var isNew: Bool
    /// When the last message came that was known before.
    var before: Timestamp?
  }

  /// Adds or renews one thread; `isOfReading` when a page of the list tells it, which may be older than what was told since.
  mutating func put(_ thread: ChatThread, isOfReading: Bool = false) {
    if !contains(thread.id) {
      let seen = isLoaded || wasReadBefore ? .epoch : thread.lastMessageReceivedOn ?? .epoch
      var entry = Entry(thread: thread, seenUpTo: seen)
      entry.reading = reading
      insert(entry)
      return
    }
    let reading = reading
    change(thread.id) { entry in
      entry.reading = reading
      if !isOfReading || entry.renamedIn != reading { entry.thread.topic = thread.topic }
      if !isOfReading || entry.stoodIn != reading {
        entry.standing = .member
        entry.removedBy = nil
      }
      if !isOfReading {
        entry.stoodIn = reading
        entry.renamedIn = reading
      }
      entry.thread.createdOn = thread.createdOn ?? entry.thread.createdOn
      entry.thread.createdBy = thread.createdBy ?? entry.thread.createdBy
      if let last = thread.lastMessageReceivedOn {
        entry.thread.lastMessageReceivedOn = max(last, entry.thread.lastMessageReceivedOn ?? .epoch)
      }
    }
  }
}
