public import ACSTypes

extension Emulator {
  /// The events that are to be posted to web hooks now, a list for each web hook, which is then busy.
  ///
  /// What they tell is on the disk. Post those of a list in order, say what came of each by
  /// ``eventPosted(_:status:now:)``, and ``eventsReleased(for:)`` at the end. An event of which nothing was said comes
  /// again after a restart: each comes at least once.
  public func dueEvents(now: Timestamp) -> [[EventPost]] {
    let posts = withCore(now: now) { core, time in
      // A store that fails says so to the next request.
      (try? core.store.transaction { try core.dueEvents(now: time) }) ?? []
    }
    if !posts.isEmpty { commit() }
    return posts
  }

  /// What a web hook answered to an event; `nil` when nothing came within 30 seconds.
  public func eventPosted(_ id: EventPost.ID, status: Int?, now: Timestamp) {
    withCore(now: now) { core, time in
      try? core.store.transaction { try core.eventPosted(id, status: status, now: time) }
    }
  }

  /// A list of ``dueEvents(now:)`` is done; what came of it is brought to the disk.
  public func eventsReleased(for url: String) {
    defer { commit() }
    withCore { core in try? core.eventsReleased(for: url) }
  }
}
