import ACSTypes
import ClientModel
import EventLog
import Testing
import TestKit

@Suite("A replayed log")
struct ReplayTests {
  @Test(
    "gives the same state and effects at every event, byte for byte",
    arguments: 1...20 as ClosedRange<UInt64>)
  func sameStates(seed: UInt64) throws {
    var events = RandomEvents(seed: seed)
    var state = RandomEvents.client()
    var writer = EventLogWriter(redaction: .tokens)
    var log = writer.header(state, program: "test")
    var states: [ClientState] = []
    var asked: [[Effect]] = []
    for _ in 0..<250 {
      let occurrence = events.next(for: state)
      log += writer.line(occurrence, in: state)
      asked.append(reduce(into: &state, occurrence))
      states.append(state)
    }
    var replay = try Replay(log)
    for (number, expected) in states.enumerated() {
      let step = try #require(try replay.step())
      #expect(step.effects == asked[number], "event \(number + 1)")
      #expect(replay.state == expected, "event \(number + 1)")
      guard number % 25 == 24 else { continue }
      #expect(StateTree(replay.state).text == StateTree(expected).text, "event \(number + 1)")
    }
    #expect(try replay.step() == nil)
    #expect(!replay.endsTorn)
  }

  @Test("a log with texts left out goes the same way: the same effects but for their texts")
  func redacted() throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      var events = RandomEvents(seed: seed)
      var state = RandomEvents.client()
      var writer = EventLogWriter(redaction: .texts)
      var log = writer.header(state, program: "test")
      var count = 0
      for _ in 0..<100 {
        let occurrence = events.next(for: state)
        log += writer.line(occurrence, in: state)
        _ = reduce(into: &state, occurrence)
        count += 1
      }
      var replay = try Replay(log)
      while try replay.step() != nil {}
      #expect(replay.position == count)
      #expect(replay.state.viewport == state.viewport)
      #expect(replay.state.interface.pane == state.interface.pane)
    }
  }
}
