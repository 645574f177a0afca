import ClientModel
import EventLog
import TestKit
import Testing

@Suite("A state as text")
struct StateTreeTests {
  @Test(
    "a path leads to a part of the state",
    arguments: [
      ("settings.displayName", "\"Alice\""), ("viewport.columns", "80"),
      ("conversations", "[:]"), ("composer.characters", "\"\""),
      ("threads.open", "nil"), ("session.session", "nil"),
      ("interface.focus", "threads"), ("ledger.entries[-1].action", "renewToken"),
      ("ledger.entries[0].id", "1"), ("now", "2026-11-21T10:00:00Z"),
    ])
  func path(path: String, text: String) {
    var state = RandomEvents.client()
    for event in [Event.started, .pasted("hi\n")] {
      _ = reduce(
        into: &state, Occurrence(now: RandomEvents.start, entropy: 1, event: event))
    }
    #expect(StateTree(state)[path]?.text == text)
  }

  @Test(
    "a path that leads nowhere has no part",
    arguments: [
      "nowhere", "viewport.columns.x", "ledger.entries[1]", "ledger.entries[-9]", "[", "a[0",
    ])
  func nowhere(path: String) {
    #expect(StateTree(RandomEvents.client())[path] == nil)
  }

  @Test(
    "what a random run comes to is printed the same each time",
    arguments: 1...5 as ClosedRange<UInt64>)
  func same(seed: UInt64) {
    func run() -> String {
      var events = RandomEvents(seed: seed)
      var state = RandomEvents.client()
      for _ in 0..<200 { _ = reduce(into: &state, events.next(for: state)) }
      return StateTree(state).text
    }
    let text = run()
    #expect(text == run() && text.contains("viewport.columns = "))
  }
}
