public import Services
import Synchronization

/// A timer that waits by moving a manual clock on at once, and remembers how long it was asked to wait.
public final class ManualTimer: Timer {
  private let clock: ManualClock
  private let list = Mutex<[Duration]>([])

  /// Moves `clock`.
  public init(_ clock: ManualClock) {
    self.clock = clock
  }

  /// Every wait so far, in order.
  public var waits: [Duration] { list.withLock { $0 } }

  /// Moves the clock by `duration`.
  public func wait(_ duration: Duration) async throws {
    try Task.checkCancellation()
    list.withLock { $0.append(duration) }
    clock.advance(by: duration)
  }
}
