public import Services

/// The kernel's random numbers, fit for keys and ids.
public struct SystemRandom: RandomSource {
  /// The kernel's random numbers.
  public init() {}

  /// The next number.
  public func next() -> UInt64 {
    var generator = SystemRandomNumberGenerator()
    return generator.next()
  }
}
