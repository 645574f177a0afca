public import ACSTypes

/// How far the sign-in has come.
public struct SessionState: Hashable, Sendable {
  /// The newest token's facts; kept while a renewal fails, until the token has expired.
  public internal(set) var session: Session?
  /// The trouble with the token service; `nil` while all is well.
  public internal(set) var problem: Problem?

  /// Before the first token.
  public init() {}

  /// True while requests to Chat make sense.
  public func isUsable(at now: Timestamp) -> Bool {
    session.map { $0.expiresOn > now } ?? false
  }
}

/// Something that failed and when it is tried again.
public struct Problem: Hashable, Sendable {
  /// What failed, in words.
  public var error: ServiceError
  /// How often in a row it has failed.
  public var attempts: Int
  /// When it is tried again.
  public var retryOn: Timestamp
}

/// How long to wait after failures in a row.
enum BackOff {
  /// 1, 2, 4, 8, 16 and then 30 s, spread by a fifth to either side, never less than the service asks.
  static func delay(attempts: Int, asked: Duration?, fraction: Double) -> Duration {
    let doublings = min(max(attempts - 1, 0), 5)
    let seconds = min(Double(1 << doublings), 30)
    let spread = Duration.milliseconds(Int64(seconds * (0.8 + 0.4 * fraction) * 1000))
    return max(spread, asked ?? .zero)
  }
}

extension Problem {
  /// The next problem after `error`, counting on from `previous`.
  static func following(_ previous: Problem?, _ error: ServiceError, in turn: inout Turn)
    -> Problem
  {
    let attempts = (previous?.attempts ?? 0) + 1
    let delay = BackOff.delay(
      attempts: attempts, asked: error.retryAfter, fraction: turn.fraction())
    return Problem(error: error, attempts: attempts, retryOn: turn.now + delay)
  }
}
