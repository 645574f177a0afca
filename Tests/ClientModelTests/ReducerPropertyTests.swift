import ACSTypes
import KeyInput
import Testing

@testable import ClientModel

@Suite("Whatever happens")
struct ReducerPropertyTests {
  /// Random events, hostile ones among them.
  private func event(_ random: inout SplitMix, _ state: ClientState) -> Event {
    let chords = Command.all.flatMap(\.keys) + ["x", "é", "漢", "M-q"]
    let errors: [ServiceError.Code] = [
      .unreachable, .forbidden, .throttled, .unauthenticated, .badAnswer, .timedOut,
    ]
    switch random.next() % 8 {
    case 0, 1, 2:
      return KeyPress(chord: chords[Int(random.next() % UInt64(chords.count))])
        .map(Event.keyPressed) ?? .clockAdvanced
    case 3: return .clockAdvanced
    case 4:
      return .resized(
        Viewport(columns: Int(random.next() % 120), rows: Int(random.next() % 40)))
    case 5:
      let states = CallState.allCases
      return .signalled(
        .state(
          callID: CallID("c\(random.next() % 3)"),
          state: states[Int(random.next() % UInt64(states.count))], reason: nil))
    case 6:
      return .signalled(
        .incoming(callID: CallID("c\(random.next() % 3)"), from: .bob, displayName: "Bob"))
    default:
      let ids = state.ledger.entries.map(\.id)
      guard !ids.isEmpty else { return .started }
      let id = ids[Int(random.next() % UInt64(ids.count))]
      let results: [EffectResult] = [
        .done, .session(.sample()), .threads(Page(values: FlowTester.threads, nextLink: nil)),
        .messages(
          Page(
            values: [message(Int64(random.next() % 50), "m\u{1B}[31m")],
            nextLink: random.next() % 2 == 0 ? "next" : nil)),
        .sent(ChatMessageID(String(random.next() % 1000))),
        .failed(ServiceError(errors[Int(random.next() % 6)], "x")),
      ]
      return .finished(id, results[Int(random.next() % UInt64(results.count))])
    }
  }

  @Test(
    "no sequence of events traps, and the same sequence gives the same state", arguments: 1...40)
  func neverTraps(seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    var state = ClientState.sample()
    var log: [Occurrence] = []
    var now = Timestamp.start
    for _ in 0..<400 {
      now = now + .milliseconds(Int64(random.next() % 3000))
      let occurrence = Occurrence(
        now: now, entropy: random.next(), event: event(&random, state))
      log.append(occurrence)
      _ = reduce(into: &state, occurrence)
      let layout = ScreenLayout(state)
      if let area = layout.messages {
        #expect(state.visibleRows(in: area).count <= area.rows)
      }
      // Places are unique and in order whatever came.
      for conversation in state.conversations.values {
        let places = conversation.messages.map(\.id.place)
        #expect(places == Set(places).sorted())
      }
    }
    var again = ClientState.sample()
    for occurrence in log { _ = reduce(into: &again, occurrence) }
    #expect(again == state)
  }
}
