import Glibc

/// Times of one kind.
public struct Samples: Sendable {
  /// The times, as they were taken.
  public private(set) var values: [Duration] = []

  /// No times yet.
  public init() {}

  /// Takes `count` times of what `body` does.
  public init(_ count: Int, _ body: () throws -> Void) rethrows {
    let clock = ContinuousClock()
    for _ in 0..<count { add(try clock.measure(body)) }
  }

  /// Adds one.
  public mutating func add(_ duration: Duration) { values.append(duration) }

  /// The middle one.
  public var median: Duration { percentile(50) }

  /// The smallest that `percent` of all are not above; zero without values.
  public func percentile(_ percent: Int) -> Duration {
    guard !values.isEmpty else { return .zero }
    let sorted = values.sorted()
    return sorted[min(sorted.count - 1, (sorted.count * percent + 99) / 100 - 1)]
  }
}

extension Duration {
  /// Seconds and their parts.
  public var inSeconds: Double { self / .seconds(1) }

  /// Thousandths of a second and their parts.
  public var inMilliseconds: Double { self / .milliseconds(1) }

  /// Millionths of a second and their parts.
  public var inMicroseconds: Double { self / .microseconds(1) }
}

extension [Double] {
  /// The middle one; 0 of none.
  public var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}

/// The time that the calling thread has on a processor while `body` runs: what others do on the machine is not in it.
public func processorTime(_ body: () throws -> Void) rethrows -> Duration {
  func now() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
  let start = now()
  try body()
  return now() - start
}
