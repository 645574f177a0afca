import ACSTypes
import KeyInput
import Testing

@testable import ClientModel

/// What users of other clients report of a service in trouble.
@Suite("Pains: the service in trouble")
struct ServicePains {
  private static func throttled(_ seconds: Int) -> EffectResult {
    .failed(ServiceError(.throttled, "Too many requests.", retryAfter: .seconds(seconds)))
  }

  @Test("429 loop: nothing goes out before the service's time, and what waited then goes once")
  func throttlingLoop() {
    let tester = FlowTester.settled(events: false)
    tester.type("patience")
    tester.press("Enter")
    let asked = tester.pass(.seconds(600)) { _ in ServicePains.throttled(30) }
    // Of each kind of request one a half-minute at the most.
    let sends = asked.count { if case .send = $0 { true } else { false } }
    #expect((1...21).contains(sends), "\(sends) sends in ten minutes")
    #expect(asked.count <= 21 * 5, "\(asked.count) requests in ten minutes: \(asked)")
    #expect(tester.state.outbox[.release].first?.isFailed == false)
    let after = tester.pass(.seconds(120)) { action in
      if case .send = action { return .sent(ChatMessageID(String(tester.now.milliseconds))) }
      return FlowTester.healthy(action)
    }
    #expect(after.count { if case .send = $0 { true } else { false } } == 1)
    #expect(tester.texts == ["patience"])
    #expect(tester.state.connection.problem == nil)
  }

  @Test("429 of sending in one thread: the other thread is not held up")
  func throttlingOfOneThread() {
    let tester = FlowTester.settled(events: false)
    tester.type("slow")
    tester.press("Enter")
    tester.answer { if case .send = $0 { ServicePains.throttled(60) } else { nil } }
    tester.press("M-Down")
    #expect(tester.state.threads.open == .lunch)
    tester.type("quick")
    let effects = tester.step(.keyPressed(.init(.enter)))
    #expect(effects.contains { if case .send(.lunch, _, "quick") = $0 { true } else { false } })
  }

  @Test("failures in two threads at once: each is kept with its reason where it happened")
  func failuresInTwoThreads() {
    let tester = FlowTester.settled()
    for (text, chord) in [("one", "M-Down"), ("two", "M-Up")] {
      tester.type(text)
      tester.press("Enter", chord)
    }
    tester.answer { action in
      guard case .send(let id, _, _) = action else { return nil }
      return .failed(ServiceError(.refused, id == .release ? "Too long." : "Not allowed."))
    }
    func reasons(_ id: ChatThreadID) -> [OutboxRecord.State] {
      tester.state.outbox[id].map(\.record.state)
    }
    #expect(reasons(.release) == [.failed(reason: "Too long.")])
    #expect(reasons(.lunch) == [.failed(reason: "Not allowed.")])
    // Trouble with one message is no trouble with the service.
    #expect(tester.state.connectionStatus == .live)
  }
}
