import ACSTypes

/// The calls that ring at Bob's, and when he picks each up.
struct RingingCalls: Sendable {
  /// How long a call rings: long enough to be seen ringing.
  private static let patience = Duration.seconds(2)

  private var due: [CallID: Timestamp] = [:]

  /// When the next call is picked up; `nil` when none rings.
  var nextDue: Timestamp? { due.values.min() }

  /// The gateway told something.
  mutating func heard(_ signal: CallSignal, now: Timestamp) {
    switch signal {
    case .incoming(let call, _, _): due[call] = now + Self.patience
    case .state(let call, let state, _) where state != .ringing: due[call] = nil
    default: break
    }
  }

  /// The gateway is gone; it tells anew of what still rings.
  mutating func lost() {
    due = [:]
  }

  /// Takes out the calls that are to be picked up now.
  mutating func pickUp(now: Timestamp) -> [CallID] {
    let calls = due.filter { $0.value <= now }.map(\.key)
    for call in calls { due[call] = nil }
    return calls
  }
}
