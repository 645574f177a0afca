import ACSTypes
import ClientModel

/// Counts of what the person has not seen, held against what the service has and what they had before their eyes.
extension Simulation {
  func checkUnread(_ views: [ServiceView]) {
    guard views.count == world.clients.count else { return }
    for (client, view) in zip(world.clients, views) {
      for thread in view.threads { checkUnread(client, view.identity, thread) }
    }
  }

  /// Between what must and what may be counted lie only messages of the very second up to which the person has seen the
  /// thread, where the list of threads alone told of it, and those that were deleted since.
  private func checkUnread(
    _ client: SimulatedClient, _ me: CommunicationIdentifier, _ thread: ServiceView.Thread
  ) {
    guard let entry = client.state?.threads.entry(thread.thread.id), entry.standing == .member
    else { return }
    let foreign = thread.messages.filter { $0.sender != nil && $0.sender != me }
    let seen = entry.seenUpTo
    let isWholeSecond = seen.milliseconds % 1000 == 0
    let most = foreign.count { $0.sentOn > seen || (isWholeSecond && $0.sentOn == seen) }
    let least = foreign.count {
      $0.deletedOn == nil && (isWholeSecond ? $0.sentOn.seconds > seen.seconds : $0.sentOn > seen)
    }
    let book = self.seen[client.name] ?? SeenBook()
    if !(least...most).contains(entry.unreadCount) {
      report(
        .unread, client,
        """
        \(entry.thread.topic) says \(entry.unreadCount), there are \(least) to \(most) \
        after \(entry.seenUpTo.iso8601) of \(thread.messages.count)
        """)
    }
    let own = thread.messages.last { $0.sender == me }?.sentOn ?? .epoch
    let looked = max(own, book.lookedOn[thread.thread.id] ?? .epoch)
    let unseen = foreign.count { $0.deletedOn == nil && $0.sentOn.seconds > looked.seconds }
    if entry.unreadCount < unseen {
      report(
        .unread, client,
        """
        \(entry.thread.topic) says \(entry.unreadCount) after \(entry.seenUpTo.iso8601), \
        and \(unseen) came since \(looked.iso8601), when it was looked at
        """)
    }
    let newest = book.newest[thread.thread.id] ?? 0
    let unshown = foreign.count { $0.id.place > newest }
    if entry.unreadCount > unshown {
      report(
        .unread, client,
        """
        \(entry.thread.topic) says \(entry.unreadCount) after \(entry.seenUpTo.iso8601), \
        and all but \(unshown) were shown
        """)
    }
  }
}

extension ChatMessage {
  /// When the service took it, to the millisecond.
  fileprivate var sentOn: Timestamp { Timestamp(milliseconds: id.place) }
}
