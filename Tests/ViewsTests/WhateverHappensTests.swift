import Cells
import ClientModel
import Phrases
import TestKit
import Testing
import Views

@Suite("Whatever happens, drawn")
struct WhateverHappensTests {
  private static let sizes = [(0, 0), (1, 1), (20, 5), (80, 24), (300, 100)]

  @Test(
    "every state of a random run is drawn at every size", arguments: 1...12 as ClosedRange<UInt64>)
  func everySize(seed: UInt64) {
    var events = RandomEvents(seed: seed)
    var state = RandomEvents.client()
    for number in 0..<150 {
      _ = reduce(into: &state, events.next(for: state))
      let (columns, rows) = Self.sizes[number % Self.sizes.count]
      var sized = state
      sized.resize(to: Viewport(columns: columns, rows: rows))
      let grid = render(sized, theme: Theme(), phrases: .english).frame.grid
      #expect(grid.size.columns == columns && grid.size.rows == rows)
    }
  }

  @Test("the random runs meet every kind of event")
  func everyKind() {
    var met: Set<EventKind> = []
    for seed in 1...20 as ClosedRange<UInt64> {
      var events = RandomEvents(seed: seed)
      var state = RandomEvents.client()
      for _ in 0..<250 {
        let occurrence = events.next(for: state)
        met.insert(EventKind(occurrence.event))
        _ = reduce(into: &state, occurrence)
      }
    }
    #expect(Set(EventKind.allCases).subtracting(met) == [])
  }
}
