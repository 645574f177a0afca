public import ACSWire

/// How often somebody may ask: a bucket that holds `burst` requests and is refilled by `perSecond`.
public struct RateLimit: Hashable, Sendable {
  /// Requests a second in the long run; more than 0.
  public var perSecond: Double
  /// Requests at once; at least 1.
  public var burst: Double

  /// A limit.
  public init(perSecond: Double, burst: Double) {
    self.perSecond = perSecond
    self.burst = burst
  }

  /// Reads `{"perSecond":10,"burst":50}`; `nil` for anything else.
  public init?(_ json: JSONValue) {
    guard let perSecond = json["perSecond"]?.number, perSecond > 0,
      let burst = json["burst"]?.number, burst >= 1
    else { return nil }
    self.init(perSecond: perSecond, burst: burst)
  }

  /// What ``init(_:)`` reads.
  public var json: JSONValue { ["perSecond": .number(perSecond), "burst": .number(burst)] }
}
