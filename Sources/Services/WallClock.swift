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

extension RandomSource {
  /// A random number from 0 up to and without 1.
  public func fraction() -> Double { Double(next() >> 11) / Double(1 << 53) }

  /// A random id in the form of a UUID of version 4, in lower case.
  public func uuid() -> String {
    let high = next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    var result = ""
    for (place, number) in [high, low].enumerated() {
      let digits = String(number, radix: 16)
      for (index, digit) in (String(repeating: "0", count: 16 - digits.utf8.count) + digits)
        .enumerated()
      {
        if [8, 12, 16, 20].contains(place * 16 + index) { result.append("-") }
        result.append(digit)
      }
    }
    return result
  }
}
