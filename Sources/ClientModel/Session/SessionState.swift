public import ACSTypes

/// How far the sign-in has come.
public struct SessionState: Hashable, Sendable {
  /// The newest token's facts; kept while a renewal fails, until the token has expired.
  public internal(set) var session: Session?
  /// The trouble with the token service; `nil` while all is well.
  public internal(set) var problem: Problem?
  /// What somebody has to do in a browser; `nil` while nothing is asked.
  public internal(set) var prompt: SignInPrompt?
  /// How often in a row nobody was let in, until Chat takes a token.
  var authFailures = 0

  /// Before the first token.
  public init() {}

  /// True while requests to Chat make sense.
  public func isUsable(at now: Timestamp) -> Bool {
    session.map { $0.expiresOn > now } ?? false
  }

  /// True after signing in failed in a way that a token service which comes back does not mend.
  public var hasAuthFailed: Bool { problem?.error.isAuthFailure ?? false }
}

/// Something that failed and when it is tried again.
public struct Problem: Hashable, Sendable {
  /// What failed, in words.
  public var error: ServiceError
  /// How often in a row it has failed.
  public var attempts: Int
  /// When it is tried again; `nil` when only the person can go on.
  public var retryOn: Timestamp?

  /// True when it is to be tried again by now.
  func isDue(at now: Timestamp) -> Bool { retryOn.map { $0 <= now } ?? false }
}

extension Problem {
  /// The next problem after `error`, counting on from `previous`.
  static func following(_ previous: Problem?, _ error: ServiceError, in turn: inout Turn)
    -> Problem
  {
    Problem(error, attempts: (previous?.attempts ?? 0) + 1, isSlow: false, in: &turn)
  }

  /// A problem that has come `attempts` times in a row.
  init(_ error: ServiceError, attempts: Int, isSlow: Bool, in turn: inout Turn) {
    let delay = BackOff.delay(
      after: error, attempts: attempts, isSlow: isSlow, fraction: turn.fraction())
    self.init(error: error, attempts: attempts, retryOn: delay.map { turn.now + $0 })
  }
}
