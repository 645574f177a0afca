/// How long to wait after failures in a row.
public enum BackOff {
  /// When to try again after `error`.
  ///
  /// 1, 2, 4, 8, 16 and then 30 s; 5, 10, 20, … and then 300 s where time alone seldom mends it. Spread by a fifth to
  /// either side, never less than the service asks.
  ///
  /// - Parameters:
  ///   - error: The newest failure.
  ///   - attempts: How often in a row it has failed, from 1.
  ///   - isSlow: True where the user is not let in.
  ///   - fraction: A random number from 0 up to 1; it makes the spread.
  /// - Returns: `nil` when waiting is of no use: only a person can go on.
  public static func delay(
    after error: ServiceError, attempts: Int, isSlow: Bool, fraction: Double
  ) -> Duration? {
    guard error.code != .signInNeeded else { return nil }
    let (first, last): (Double, Double) = isSlow ? (5, 300) : (1, 30)
    let doublings = min(max(attempts - 1, 0), 10)
    let seconds = min(first * Double(1 << doublings), last)
    let spread = Duration.milliseconds(Int64(seconds * (0.8 + 0.4 * fraction) * 1000))
    return max(spread, error.retryAfter ?? .zero)
  }
}

extension ServiceError {
  /// True when it is about who the user is, not about whether a service answers.
  public var isAuthFailure: Bool {
    [.unauthenticated, .forbidden, .authFailed, .signInNeeded].contains(code)
  }
}
