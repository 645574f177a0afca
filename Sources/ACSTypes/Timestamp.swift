/// A moment: whole milliseconds since 1970-01-01T00:00:00Z.
///
/// The service's ids and versions are such numbers, so that comparing moments is comparing integers.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Milliseconds since the epoch; negative before 1970.
  public var milliseconds: Int64

  /// The moment `milliseconds` after the epoch.
  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// The moment `seconds` after the epoch.
  public init(seconds: Int64) {
    self.milliseconds = seconds &* 1000
  }

  /// Whole seconds since the epoch, rounded towards the past.
  public var seconds: Int64 {
    let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The last place of a message at this time: one that tells no thousandths stands for its whole second.
  public var lastPlace: Int64 {
    milliseconds > 0 && milliseconds % 1000 == 0 ? milliseconds &+ 999 : milliseconds
  }

  /// 1970-01-01T00:00:00Z, which the service gives for "since ever" (WIRE 4.4).
  public static let epoch = Timestamp(milliseconds: 0)

  /// Orders by time.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The moment `duration` later; sub-millisecond parts are dropped.
  public static func + (moment: Timestamp, duration: Duration) -> Timestamp {
    Timestamp(milliseconds: moment.milliseconds &+ duration.wholeMilliseconds)
  }

  /// The moment `duration` earlier; sub-millisecond parts are dropped.
  public static func - (moment: Timestamp, duration: Duration) -> Timestamp {
    Timestamp(milliseconds: moment.milliseconds &- duration.wholeMilliseconds)
  }

  /// The time from `earlier` to `later`; negative when they are the other way round.
  public static func - (later: Timestamp, earlier: Timestamp) -> Duration {
    .milliseconds(later.milliseconds &- earlier.milliseconds)
  }
}

extension Duration {
  /// The duration in milliseconds, rounded towards zero.
  public var wholeMilliseconds: Int64 {
    components.seconds &* 1000 &+ components.attoseconds / 1_000_000_000_000_000
  }

  /// The duration in seconds, a begun one for a whole one, as people are told how long to wait.
  public var secondsRoundedUp: Int64 { (self + .milliseconds(999)).components.seconds }
}

extension Timestamp: Codable {
  /// Reads the number alone, as ``encode(to:)`` writes it.
  public init(from decoder: any Decoder) throws {
    self.init(milliseconds: try decoder.singleValueContainer().decode(Int64.self))
  }

  /// Writes the number alone.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }
}
