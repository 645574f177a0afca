import ACSTypes

/// The other ends of sockets live by the time outside, whatever the emulator's clock does: what passed over silently is
/// no silence of theirs, and they want heartbeats while the clock stands still.
extension Core {
  /// How often sockets are looked after while the clock stands still.
  private static let care = Duration.seconds(5)

  /// The time outside at which something is to be done; `nil` when nothing is before somebody sets the clock.
  func outside(of deadline: Timestamp?) -> Timestamp? {
    guard let deadline else { return nil }
    if let moment = clock.outside(of: deadline) { return moment }
    return realTime.sockets.isEmpty ? nil : clock.outside + Core.care
  }

  /// While the clock stands still, lets the silence of sockets grow as it does outside.
  mutating func keepSocketsAlive(outside now: Timestamp) {
    guard let last = followedUntil ?? clock.frozenAt.map({ _ in now }) else { return }
    if last < now { realTime.clockMoved(by: last - now) }
    followedUntil = now
  }
}

extension RealTime {
  /// The clock was set: moves along what is about the life of sockets, and looks at everything again.
  mutating func clockMoved(by duration: Duration) {
    guard duration != .zero else { return }
    for id in sockets.keys { sockets[id]?.clockMoved(by: duration) }
    look(at: .epoch)
  }
}

extension RealTimeSocket {
  fileprivate mutating func clockMoved(by duration: Duration) {
    lastHeardOn = lastHeardOn + duration
    lastBeatOn = lastBeatOn + duration
    sent = sent.mapValues { sent in
      var sent = sent
      sent.deadline = sent.deadline + duration
      return sent
    }
  }
}
