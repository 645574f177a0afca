import ACSTypes

/// The question who is to be called, and calls that time ends.
extension ClientState {
  /// How long the gateway may take to confirm a hang-up before it counts as confirmed.
  private static let hangUpAllowance = Duration.seconds(10)

  mutating func moveCallChoice(by step: Int) {
    calls.choice = min(max(calls.choice + step, 0), max(calls.choices.count - 1, 0))
  }

  mutating func callChosen(_ turn: inout Turn) {
    guard calls.choices.indices.contains(calls.choice) else { return }
    startCall(to: calls.choices[calls.choice], &turn)
  }

  mutating func callClock(_ turn: inout Turn) {
    for call in calls.calls where call.state == .disconnecting {
      guard let ended = call.endedOn, ended + ClientState.hangUpAllowance <= turn.now else {
        continue
      }
      calls.change(requestID: call.requestID) {
        $0.advance(to: .disconnected, reason: CallEndReason(code: 0, subCode: 0), now: turn.now)
      }
    }
  }

  var callDeadline: Timestamp? {
    calls.calls.lazy.filter { $0.state == .disconnecting }
      .compactMap { $0.endedOn.map { $0 + ClientState.hangUpAllowance } }.min()
  }
}
