import ACSTypes
import ACSWire

extension AdminRoute {
  /// The emulator's clock: `GET` shows it, `POST` sets it.
  ///
  /// `{"advanceMilliseconds": 86400000}` lets a day pass, `{"frozen": true}` stops it and `false` lets it go on,
  /// `{"skewMilliseconds": -600000}` makes it ten minutes slow. Members that are given together are done in this order.
  static let clock = [
    AdminRoute("GET", "/clock") { core, _, _ in .json(core.clock.json) },
    AdminRoute("POST", "/clock") { core, exchange, _ in
      let change = try ClockChange(try exchange.body(as: JSONValue.self))
      try core.set { clock in
        if let duration = change.advance { clock.advance(by: duration) }
        if let isFrozen = change.isFrozen { isFrozen ? clock.freeze() : clock.thaw() }
        if let duration = change.skew { clock.skew(by: duration) }
      }
      return .json(core.clock.json)
    },
  ]
}

extension Core {
  /// Sets the clock, and keeps how it is set.
  mutating func set(_ body: (inout EmulatorClock) -> Void) throws {
    var changed = clock
    body(&changed)
    try store.keep(changed)
    realTime.clockMoved(by: changed.now - clock.now)
    clock = changed
    followedUntil = changed.frozenAt == nil ? nil : changed.outside
  }
}

/// What somebody wants of the clock.
private struct ClockChange {
  /// Ten years: far enough for every expiry.
  private static let farthest = Int64(3650 * 86_400_000)

  var advance: Duration?
  var isFrozen: Bool?
  var skew: Duration?

  init(_ json: JSONValue) throws(Refusal) {
    advance = try ClockChange.duration(json, "advanceMilliseconds", from: 0)
    skew = try ClockChange.duration(json, "skewMilliseconds", from: -ClockChange.farthest)
    if let frozen = json["frozen"] {
      guard let isFrozen = frozen.bool else {
        throw Refusal(400, "BadRequest", "frozen should be true or false.", target: "frozen")
      }
      self.isFrozen = isFrozen
    }
    guard advance != nil || isFrozen != nil || skew != nil else {
      throw Refusal(
        400, "BadRequest",
        "One of advanceMilliseconds, frozen and skewMilliseconds should be there.")
    }
  }

  private static func duration(
    _ json: JSONValue, _ name: String, from least: Int64
  ) throws(Refusal) -> Duration? {
    guard let value = json[name] else { return nil }
    guard let number = value.integer, least...farthest ~= number else {
      throw Refusal(
        400, "BadRequest", "\(name) should be a number from \(least) to \(farthest).", target: name)
    }
    return .milliseconds(number)
  }
}
