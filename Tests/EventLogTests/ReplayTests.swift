import ACSTypes
import ClientModel
import EventLog
import Testing
import TestKit

/// A run of random events, and what was written of it.
private struct Recorded {
  var log: [UInt8]
  /// The state after each event, and what it asked for.
  var states: [ClientState] = []
  var asked: [[Effect]] = []

  init(seed: UInt64, events count: Int, redaction: Redaction) {
    var events = RandomEvents(seed: seed)
    var state = RandomEvents.client()
    var writer = EventLogWriter(redaction: redaction)
    log = writer.header(state, program: "test")
    for _ in 0..<count {
      let occurrence = events.next(for: state)
      log += writer.line(occurrence, in: state)
      asked.append(reduce(into: &state, occurrence))
      states.append(state)
    }
  }
}

@Suite("A replayed log")
struct ReplayTests {
  @Test(
    "gives the same state and effects at every event, byte for byte",
    arguments: 1...20 as ClosedRange<UInt64>)
  func sameStates(seed: UInt64) throws {
    let recorded = Recorded(seed: seed, events: 250, redaction: .tokens)
    var replay = try Replay(recorded.log)
    for (number, expected) in recorded.states.enumerated() {
      let step = try #require(try replay.step())
      try #require(step.effects == recorded.asked[number], "event \(number + 1)")
      try same(replay.state, expected, isThorough: number % 25 == 24, at: number + 1)
    }
    #expect(try replay.step() == nil)
    #expect(!replay.endsTorn)
  }

  /// Ends the test at the first difference and tells which it is: a whole state would be pages.
  private func same(
    _ actual: ClientState, _ expected: ClientState, isThorough: Bool, at event: Int
  ) throws {
    let isEqual = actual == expected
    guard isThorough || !isEqual else { return }
    let lines = zip(StateTree(actual).leaves, StateTree(expected).leaves)
    let difference = lines.first { $0 != $1 }
    let isSame = isEqual && difference == nil
    try #require(isSame, "event \(event): \(String(describing: difference))")
  }

  @Test(
    "a log with texts left out goes the same way: the same effects but for their texts",
    arguments: 1...10 as ClosedRange<UInt64>)
  func redacted(seed: UInt64) throws {
    let recorded = Recorded(seed: seed, events: 150, redaction: .texts)
    let asked = recorded.asked.map { $0.map(Self.words) }
    var replay = try Replay(recorded.log)
    for expected in asked {
      let step = try #require(try replay.step())
      let event = StateTree.caseName(step.occurrence.event)
      try #require(
        step.effects.map(Self.words) == expected, "event \(replay.position), \(event)")
    }
    #expect(try replay.step() == nil)
    #expect(asked.joined().count > 10)
    #expect(replay.state.viewport == recorded.states.last?.viewport)
    #expect(replay.state.interface.pane == recorded.states.last?.interface.pane)
  }

  /// What an effect is, whatever the texts in it.
  private static func words(_ effect: Effect) -> String {
    "\(effect.id) \(StateTree.caseName(effect.action))"
  }
}
