import ACSTypes
import ACSWire
import Services

extension EmulatorClock {
  /// How it stands, for the administration.
  var json: JSONValue {
    [
      "now": .string(now.iso8601WithMilliseconds),
      "outside": .string(outside.iso8601WithMilliseconds),
      "aheadMilliseconds": .integer(ahead.wholeMilliseconds),
      "skewMilliseconds": .integer(skew.wholeMilliseconds),
      "frozen": .bool(frozenAt != nil),
    ]
  }

  /// What is kept of it.
  fileprivate var kept: JSONValue {
    [
      "lead": .integer(lead.wholeMilliseconds), "skew": .integer(skew.wholeMilliseconds),
      "frozenAt": frozenAt.map { .integer($0.milliseconds) } ?? .null,
    ]
  }

  fileprivate init(kept: JSONValue?) {
    self.init(
      lead: .milliseconds(kept?["lead"]?.integer ?? 0),
      skew: .milliseconds(kept?["skew"]?.integer ?? 0),
      frozenAt: kept?["frozenAt"]?.integer.map { Timestamp(milliseconds: $0) })
  }
}

extension Store {
  private static let clockFact = "clock"

  /// The clock as it was set last: ids and times in the store are later than the time outside if it was ahead.
  func clock() throws(StoreError) -> EmulatorClock {
    EmulatorClock(kept: try fact(Store.clockFact).flatMap { try? JSONValue.parse(Array($0.utf8)) })
  }

  /// Keeps how the clock is set.
  func keep(_ clock: EmulatorClock) throws(StoreError) {
    try keepFact(Store.clockFact, clock.kept.text)
  }
}
