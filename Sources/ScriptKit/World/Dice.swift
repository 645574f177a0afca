import ACSTypes
public import Services
import Synchronization

/// All the chance that there is in a world: numbers that are the same for the same seed and name (SplitMix64).
///
/// Whoever needs chance has dice of their own, so that what one does moves nobody else's.
public final class Dice: RandomSource {
  private let state: Mutex<UInt64>

  /// Dice for `name`, one of many that come from one seed.
  public init(seed: UInt64, _ name: String) {
    // FNV-1a: the same in every process, which Swift's own hash is not.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    state = Mutex(seed &* 0x9E37_79B9_7F4A_7C15 ^ hash)
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

  /// True for about `share` of the calls.
  public func strikes(_ share: Double) -> Bool {
    guard share > 0 else { return false }
    return Double(next() >> 11) * 0x1p-53 < share
  }

  /// A number of `range`.
  public func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// A time within `range`, in whole milliseconds.
  public func time(in range: ClosedRange<Duration>) -> Duration {
    let least = range.lowerBound.wholeMilliseconds
    let span = range.upperBound.wholeMilliseconds - least
    return .milliseconds(least + Int64(next() % UInt64(span + 1)))
  }
}
