import ACSTypes
import Testing

@testable import ClientModel

/// What users of other clients report of messages that do not come by themselves.
@Suite("Pains: the channel of events")
struct ChannelPains {
  private static let isPoll: @Sendable (Effect.Action) -> Bool = {
    if case .listMessages(.release, _) = $0 { true } else { false }
  }

  @Test(
    "silent real-time channel: a message that no event told is found, and the channel opened anew")
  func silentChannel() {
    let tester = FlowTester.settled()
    #expect(tester.state.connectionStatus == .live)
    // Sent one after the other, told by nothing.
    var untold: [ChatMessage] = []
    for second in 0..<240 where tester.state.connectionStatus == .live {
      if second % 50 == 10 { untold.append(message(Int64(second) * 1000, "hear me \(second)")) }
      tester.pass(.seconds(1)) { FlowTester.healthy($0, untold) }
    }
    #expect(tester.texts.contains("hear me 10"))
    #expect(tester.state.connectionStatus != .live)
    // It is opened anew, and until it stands, polls are quick.
    let asked = tester.pass(.seconds(30)) { FlowTester.healthy($0, untold) }
    #expect(asked.count(where: ChannelPains.isPoll) >= 5)
    #expect(tester.state.ledger.contains { $0 == .openEvents })
    tester.step(.chatSignalled(.connected))
    tester.answer { FlowTester.healthy($0, untold) }
    #expect(tester.state.connectionStatus == .live)
  }

  @Test("no sign that the channel is down: the status tells it at once, with the cause")
  func noSignThatTheChannelIsDown() {
    let tester = FlowTester.settled()
    tester.answer { action in
      action == .openEvents ? .failed(ServiceError(.unreachable, "The socket broke.")) : nil
    }
    #expect(tester.state.connectionStatus != .live)
    #expect("\(tester.state.connectionStatus)".contains("The socket broke."))
    // With the whole network gone it says how much waits and when it goes on.
    tester.type("later")
    tester.press("Enter")
    let gone = EffectResult.failed(ServiceError(.unreachable, "No route."))
    tester.pass(.seconds(3)) { _ in gone }
    guard case .offline(let queued, let retryOn, let cause) = tester.state.connectionStatus else {
      Issue.record("the status says \(tester.state.connectionStatus)")
      return
    }
    #expect(queued == 1)
    #expect(cause == "No route.")
    #expect(retryOn.map { $0 > tester.now } == true)
    // While a number of seconds is shown, each second is drawn.
    #expect((tester.state.nextDeadline ?? .epoch) - tester.now <= .seconds(1))
  }

  @Test("20 min asleep: what came meanwhile is read, the channel is not believed, nothing is twice")
  func twentyMinutesAsleep() {
    let tester = FlowTester.settled(messages: [message(0, "before")])
    tester.type("and I")
    // The machine sleeps: no clock, no event, no answer.
    tester.wait(.seconds(1200))
    let meanwhile = [message(0, "before"), message(600_000, "while you slept")]
    tester.step(.clockAdvanced)
    #expect(tester.state.connectionStatus != .live)
    tester.pass(.seconds(5)) { FlowTester.healthy($0, meanwhile) }
    #expect(tester.texts == ["before", "while you slept"])
    #expect(tester.state.composer.text == "and I")
    #expect(tester.state.ledger.ids { $0 == .openEvents }.count == 1)
    tester.step(.chatSignalled(.connected))
    // The service tells late what it kept for a quarter of an hour.
    for one in meanwhile { tester.happens(.messageReceived(.release, one)) }
    #expect(tester.texts == ["before", "while you slept"])
    tester.answer { FlowTester.healthy($0, meanwhile) }
    #expect(tester.state.connectionStatus == .live)
  }
}
