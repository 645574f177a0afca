import ACSTypes
import Synchronization

/// What happened in a world, line by line: the same for the same seed, to the byte.
///
/// The lines are kept only where somebody wants to read them; a number that stands for all of them always is.
public final class Trace: Sendable {
  private struct State {
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    var count = 0
    var lines: [String] = []
  }

  private let state = Mutex(State())
  private let clock: VirtualClock
  private let start: Timestamp
  /// True when the lines are kept.
  public let isKept: Bool

  /// An empty trace of the time that `clock` tells.
  public init(clock: VirtualClock, isKept: Bool) {
    self.clock = clock
    self.isKept = isKept
    start = clock.now
  }

  /// The lines so far; empty when they are not kept.
  public var lines: [String] { state.withLock { $0.lines } }

  /// A number for all lines so far (FNV-1a).
  public var digest: UInt64 { state.withLock { $0.digest } }

  /// How many lines there were.
  public var count: Int { state.withLock { $0.count } }

  /// Writes down what `who` did or met.
  public func note(_ who: String, _ what: @autoclosure () -> String) {
    let line = "\(Trace.text(of: clock.now - start)) \(who) \(what())"
    state.withLock { state in
      for byte in line.utf8 { state.digest = (state.digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
      state.count += 1
      if isKept { state.lines.append(line) }
    }
  }

  /// Seconds with three digits behind the point.
  private static func text(of time: Duration) -> String {
    let (seconds, rest) = time.wholeMilliseconds.quotientAndRemainder(dividingBy: 1000)
    let digits = String(rest)
    return "\(seconds).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
  }
}
