public import ACSTypes

/// Tells the time.
///
/// The only clock there is outside the adapters.
public protocol WallClock: Sendable {
  /// The time now.
  var now: Timestamp { get }
}

/// Brings random numbers.
///
/// The only source there is outside the adapters.
public protocol RandomSource: Sendable {
  /// Uniform over all values.
  func next() -> UInt64
}
