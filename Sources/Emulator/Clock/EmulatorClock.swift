import ACSTypes

/// How the emulator's time follows from the time outside: ahead of it, standing still, or wrong.
///
/// Everything in the emulator uses its time; only signatures, which clients date by their own clocks, and the life of
/// sockets are judged by the time outside.
struct EmulatorClock: Hashable, Sendable {
  /// What was passed over: the emulator's time is as much later than the one outside.
  private(set) var lead = Duration.zero
  /// By how much the emulator's clock is wrong; unlike after ``advance(by:)``, dates of signatures disagree with it.
  private(set) var skew = Duration.zero
  /// The time at which it stands, without the skew; `nil` while it goes.
  private(set) var frozenAt: Timestamp?
  /// The latest time outside that ``read(_:)`` was given.
  private(set) var outside = Timestamp.epoch

  /// Takes the time outside and gives the emulator's.
  mutating func read(_ outside: Timestamp) -> Timestamp {
    self.outside = outside
    return now
  }

  /// The emulator's time when it was read last.
  var now: Timestamp { (frozenAt ?? outside + lead) + skew }

  /// By how much the emulator's time is later than the time outside.
  var ahead: Duration { now - outside }

  /// The time by which the dates of signatures are judged.
  var signatureTime: Timestamp { outside + skew }

  /// The time outside at which the emulator's will be `moment`; `nil` when it stands still before that.
  func outside(of moment: Timestamp) -> Timestamp? {
    guard frozenAt == nil || moment <= now else { return nil }
    return frozenAt == nil ? moment - skew - lead : outside
  }

  /// Lets time pass at once.
  mutating func advance(by duration: Duration) {
    if let frozenAt { self.frozenAt = frozenAt + duration } else { lead += duration }
  }

  /// Stands still.
  mutating func freeze() { frozenAt = frozenAt ?? outside + lead }

  /// Goes on from where it stood.
  mutating func thaw() {
    guard let frozenAt else { return }
    lead = frozenAt - outside
    self.frozenAt = nil
  }

  /// Is wrong by so much, in place of what it was wrong by before.
  mutating func skew(by duration: Duration) { skew = duration }

  /// Shows the time outside again.
  mutating func reset() { self = EmulatorClock(outside: outside) }

  init(
    lead: Duration = .zero, skew: Duration = .zero, frozenAt: Timestamp? = nil,
    outside: Timestamp = .epoch
  ) {
    self.lead = lead
    self.skew = skew
    self.frozenAt = frozenAt
    self.outside = outside
  }

  /// True while it shows another time than the one outside.
  var isSet: Bool { frozenAt != nil || lead != .zero || skew != .zero }
}
