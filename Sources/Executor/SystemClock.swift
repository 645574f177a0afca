public import ACSTypes
import Glibc
public import Services

/// The computer's clock.
public struct SystemClock: WallClock {
  /// The computer's clock.
  public init() {}

  /// Now, by `CLOCK_REALTIME`.
  public var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
