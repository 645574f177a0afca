public import Services
import Synchronization

/// Random numbers that are the same for the same seed (SplitMix64).
///
/// Both a ``RandomSource`` for code under test and a generator for `random(in:using:)`.
public final class SeededRandom: RandomSource {
  /// The seed, to be printed by a test that fails.
  public let seed: UInt64
  private let state: Mutex<UInt64>

  /// Numbers by `seed`.
  public init(seed: UInt64) {
    self.seed = seed
    state = Mutex(seed)
  }

  /// The next number, uniform over all values.
  public func next() -> UInt64 {
    state.withLock { state in
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}

extension SeededRandom: RandomNumberGenerator {}
