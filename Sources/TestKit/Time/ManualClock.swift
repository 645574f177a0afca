public import ACSTypes
public import Services
import Synchronization

/// A clock that stands still until a test moves it.
public final class ManualClock: WallClock {
  private let moment: Mutex<Timestamp>

  /// Stands at `start`; without one at 2026-11-21T02:29:57Z.
  public init(_ start: Timestamp = Timestamp(milliseconds: 1_795_228_197_000)) {
    moment = Mutex(start)
  }

  /// Where the clock stands.
  public var now: Timestamp { moment.withLock { $0 } }

  /// Moves the clock on; a negative step would be a mistake of the test.
  public func advance(by step: Duration) {
    precondition(step >= .zero, "a clock does not go back: \(step)")
    moment.withLock { $0 = $0 + step }
  }
}
