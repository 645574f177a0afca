import ACSClient
import ACSTypes
import Executor
import HTTPTransport
import Services

/// Bob, who answers Alice's messages and calls as another person at another terminal would.
///
/// He has two threads: one that looks, speaks and picks up, and one that listens to the call gateway.
final class Bob: Sendable {
  /// Between two looks at his threads.
  private static let lookInterval = Duration.seconds(1)
  /// How long a call rings before he answers or declines.
  private static let ringing = Duration.seconds(2)

  private struct State {
    var isLeaving = false
    /// The calls that ring, and when he picks up.
    var calls: [CallID: Timestamp] = [:]
  }

  private let state = Signal(State())
  private let executor: PosixExecutor
  private let gateway: GatewayClient
  private let clock = SystemClock()

  /// Bob at the gateway of `addresses`.
  init(
    _ bob: DemoUser, addresses: Servers.Addresses, exchange: CurlExchange, executor: PosixExecutor
  ) throws {
    self.executor = executor
    gateway = try GatewayClient(
      url: addresses.gateway, connector: CurlSocketConnector(over: exchange),
      credential: bob.credential)
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
    while true {
      let next = min(nextLook, chat.nextDue ?? nextLook)
      guard let calls = callsDue(by: next) else { return }
      for call in calls { pickUp(call, declining: chat.words.declines()) }
      let now = clock.now
      let looks = now >= nextLook
      if looks { nextLook = now + Self.lookInterval }
      chat = executor.run { [chat] in await chat.turned(looking: looks, now: now) }
    }
  }

  /// Waits until a call is to be picked up, or for `time`.
  ///
  /// - Returns: The calls; `nil` when he is to end.
  private func callsDue(by time: Timestamp) -> [CallID]? {
    while true {
      let now = clock.now
      let (isLeaving, next) = state.withLock { ($0.isLeaving, $0.calls.values.min()) }
      if isLeaving { return nil }
      if let next, next <= now {
        return state.withLock { state in
          let due = state.calls.filter { $0.value <= now }.map(\.key)
          for call in due { state.calls[call] = nil }
          return due
        }
      }
      guard now < time else { return [] }
      let end = min(time, next ?? time)
      state.wait(upTo: end - now) { $0.isLeaving || $0.calls.values.min() != next ? () : nil }
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
        try? await gateway.run { self.heard($0) }
      }
      state.change { $0.calls = [:] }
      state.wait(upTo: Self.lookInterval) { $0.isLeaving ? () : nil }
    }
  }

  private func heard(_ signal: CallSignal) {
    switch signal {
    case .incoming(let call, _, _):
      let due = clock.now + Self.ringing
      state.change { $0.calls[call] = due }
    case .state(let call, let callState, _) where callState != .ringing:
      state.change { $0.calls[call] = nil }
    default: break
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
