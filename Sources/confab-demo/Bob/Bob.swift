import ACSTypes
import Executor
import Services

/// Bob, who answers Alice's messages and calls as another person at another terminal would.
///
/// He has two threads: one that looks, speaks and picks up, and one that listens to the call gateway.
final class Bob: Sendable {
  /// Between two looks at his threads, and between two tries to reach the gateway.
  private static let interval = Duration.seconds(1)

  private struct State {
    var isLeaving = false
    var calls = RingingCalls()
  }

  private let state = Signal(State())
  private let gateway: any CallGateway
  private let executor: PosixExecutor
  private let clock = SystemClock()

  /// Bob at a gateway that knows him.
  init(gateway: any CallGateway, executor: PosixExecutor) {
    self.gateway = gateway
    self.executor = executor
  }

  /// Begins, from what `chat` holds as history on.
  ///
  /// - Returns: The threads, which end some time after ``leave()``, at the latest when the servers do.
  func live(_ chat: BobChat) -> [PosixThread] {
    [
      PosixThread(name: "bob") { self.chat(chat) },
      PosixThread(name: "bob's calls") { self.listen() },
    ]
  }

  /// Tells him to end.
  func leave() {
    state.change { $0.isLeaving = true }
  }

  private func chat(_ chat: BobChat) {
    var chat = chat
    var nextLook = clock.now
    while let calls = callsToPickUp(by: min(nextLook, chat.nextDue ?? nextLook)) {
      for call in calls { pickUp(call, declining: chat.words.declines()) }
      let now = clock.now
      let looks = now >= nextLook
      if looks { nextLook = now + Self.interval }
      chat = executor.run { [chat] in await chat.turned(looking: looks, now: now) }
    }
  }

  /// Waits for calls that are to be picked up, until `time`.
  ///
  /// - Returns: `nil` when he is to end.
  private func callsToPickUp(by time: Timestamp) -> [CallID]? {
    while true {
      let now = clock.now
      let (isLeaving, calls, next) = state.withLock { state in
        (state.isLeaving, state.calls.pickUp(now: now), state.calls.nextDue)
      }
      if isLeaving { return nil }
      guard calls.isEmpty, now < time else { return calls }
      state.wait(upTo: min(time, next ?? time) - now) { state in
        state.isLeaving || state.calls.nextDue != next ? () : nil
      }
    }
  }

  private func pickUp(_ call: CallID, declining: Bool) {
    let requestID = "bob-\(SystemRandom().next())"
    executor.run { [gateway] in
      // A call that is gone meanwhile is no reason to stop.
      try? await gateway.send(
        declining
          ? .reject(requestID: requestID, callID: call)
          : .accept(requestID: requestID, callID: call))
    }
  }

  private func listen() {
    while !state.withLock({ $0.isLeaving }) {
      executor.run { [self] in
        // Whatever the reason, he connects again.
        try? await gateway.run { signal in
          self.state.change { $0.calls.heard(signal, now: self.clock.now) }
        }
      }
      state.change { $0.calls.lost() }
      state.wait(upTo: Self.interval) { $0.isLeaving ? () : nil }
    }
  }
}

extension BobChat {
  /// Bob after he said what is due and, if `looking`, read what is new; what fails is read the next time.
  fileprivate func turned(looking: Bool, now: Timestamp) async -> BobChat {
    var chat = self
    try? await chat.speak(now: now)
    if looking { try? await chat.look(now: now) }
    return chat
  }
}
