import ACSTypes

/// Who types, as the others tell it and as the user is told to them.
extension ClientState {
  /// How long a notice holds: nobody tells when they stop (REALTIME 6).
  static let typingSpan = Duration.seconds(9)
  /// Between two notices of one person's typing in one thread.
  private static let typingPause = Duration.seconds(8)
  /// Above so many people nobody is told who types or reads (REALTIME 1).
  static let quietSize = 20

  mutating func noteTyping(_ notice: TypingNotice, in id: ChatThreadID) {
    guard notice.sender != session.session?.identity, threads.contains(id) else { return }
    // The notice's own time is the service's; ours tells how long it holds here.
    conversations[id, default: Conversation()].typing[notice.sender] = Typing(
      displayName: notice.displayName, until: now + ClientState.typingSpan)
    noteContact(notice.sender, name: notice.displayName)
    if notice.displayName.isEmpty { meetNameless(notice.sender, in: id) }
    connection.typingThreads.insert(id)
    connection.typingEndsOn = [connection.typingEndsOn, now + ClientState.typingSpan]
      .compactMap(\.self).min()
  }

  mutating func stopTyping(_ sender: CommunicationIdentifier, in id: ChatThreadID) {
    guard connection.typingThreads.contains(id) else { return }
    conversations[id]?.typing[sender] = nil
  }

  /// Drops those who have not typed for a while.
  mutating func typingClock(_ turn: inout Turn) {
    guard let due = connection.typingEndsOn, due <= turn.now else { return }
    var next: Timestamp?
    for id in connection.typingThreads {
      let typing = conversations[id]?.typing.filter { $1.until > turn.now } ?? [:]
      conversations[id]?.typing = typing
      if typing.isEmpty { connection.typingThreads.remove(id) }
      next = [next, typing.values.map(\.until).min()].compactMap(\.self).min()
    }
    connection.typingEndsOn = next
  }

  /// The person writes: the others are told, at most every 8 s, and in small threads only.
  mutating func tellTyping(_ turn: inout Turn) {
    guard let id = threads.open, session.isUsable(at: turn.now), connection.problem == nil,
      composer.editing == nil, threads.entry(id)?.standing == .member,
      (conversations[id]?.participants.count ?? 0) <= ClientState.quietSize,
      conversations[id]?.typingToldOn.map({ turn.now - $0 >= ClientState.typingPause }) ?? true,
      connection.holds.end(of: .typing, at: turn.now) == nil,
      connection.paces.spend(.typing, at: turn.now) == nil
    else { return }
    conversations[id]?.typingToldOn = turn.now
    turn.ask(.sendTyping(id), in: &self)
  }

  /// The others were told, or were not: nothing is told twice, but the service may want a rest.
  mutating func typingTold(_ result: EffectResult, _ turn: inout Turn) {
    guard case .failed(let error) = result, error.retryAfter != nil else {
      return connection.holds.end(.typing)
    }
    connection.holds.note(error, of: .typing, in: &turn)
  }
}
