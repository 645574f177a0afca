import ACSTypes
import TestKit
import Testing

@testable import ClientModel

@Suite("Whatever happens")
struct ReducerPropertyTests {
  @Test(
    "no sequence of events traps, and the same sequence gives the same state",
    arguments: 1...60 as ClosedRange<UInt64>)
  func neverTraps(seed: UInt64) {
    var events = RandomEvents(seed: seed)
    var state = RandomEvents.client()
    var log: [Occurrence] = []
    for _ in 0..<400 {
      let occurrence = events.next(for: state)
      log.append(occurrence)
      _ = reduce(into: &state, occurrence)
      _ = state.nextDeadline
      let layout = ScreenLayout(state)
      if let area = layout.messages {
        #expect(state.visibleRows(in: area).count <= area.rows)
      }
      #expect(state.threads.unreadCount == state.threads.entries.count { $0.isUnread })
      // Places are unique and in order whatever came; 0 is that of all ids that are no numbers.
      for conversation in state.conversations.values {
        let ids = conversation.messages.map(\.id)
        #expect(ids.count == Set(ids).count)
        let places = conversation.messages.map(\.id.place).filter { $0 != 0 }
        #expect(places == Set(places).sorted())
      }
    }
    var again = RandomEvents.client()
    for occurrence in log { _ = reduce(into: &again, occurrence) }
    #expect(again == state)
  }
}
