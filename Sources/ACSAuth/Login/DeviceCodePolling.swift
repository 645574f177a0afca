import ACSTypes

/// How often an authority is asked whether the code was typed in, and when that ends (RFC 8628 3.5).
///
/// ```
/// authorization_pending   wait the interval
/// slow_down               wait 5 s more from now on
/// no answer, 429, 5xx     wait twice as long as before
/// ```
struct DeviceCodePolling: Sendable {
  /// What the caller must do now.
  enum Instruction: Hashable, Sendable {
    /// Ask after this long.
    case poll(after: Duration)
    /// Use what was granted.
    case use(AuthorityAnswer.Grant)
    /// Give up.
    case fail(ServiceError)
  }

  /// What `slow_down` adds.
  private static let slowDown = Duration.seconds(5)
  /// The longest wait that failures lead to.
  private static let longest = Duration.seconds(60)

  private var interval: Duration
  private let expiresOn: Timestamp

  /// Before the first poll.
  init(interval: Duration, expiresOn: Timestamp) {
    self.interval = interval
    self.expiresOn = expiresOn
  }

  /// The code was shown.
  func began(now: Timestamp) -> Instruction { next(now) }

  /// The authority answered.
  mutating func answered(_ answer: AuthorityAnswer, now: Timestamp) -> Instruction {
    switch answer {
    case .granted(let grant): return .use(grant)
    case .refused(let error, let words):
      switch error {
      case "authorization_pending": return next(now)
      case "slow_down":
        interval += DeviceCodePolling.slowDown
        return next(now)
      case "expired_token", "code_expired": return .fail(.codeExpired)
      case "access_denied", "authorization_declined": return .fail(.signInDenied)
      case "temporarily_unavailable", "server_error": return failed(now)
      default: return .fail(.refusedByAuthority(error, words))
      }
    case .unreadable(let error):
      switch error.code {
      case .throttled, .serviceFailed, .timedOut: return failed(now, asked: error.retryAfter)
      default: return .fail(error)
      }
    }
  }

  /// No answer came.
  mutating func stumbled(_ error: ServiceError, now: Timestamp) -> Instruction {
    switch error.code {
    case .unreachable, .timedOut: failed(now)
    default: .fail(error)
    }
  }

  private mutating func failed(_ now: Timestamp, asked: Duration? = nil) -> Instruction {
    interval = max(interval, min(interval * 2, DeviceCodePolling.longest), asked ?? .zero)
    return next(now)
  }

  private func next(_ now: Timestamp) -> Instruction {
    let left = expiresOn - now
    guard left > .zero else { return .fail(.codeExpired) }
    // The last poll comes right before the end, not after it.
    return .poll(after: min(interval, left))
  }
}

extension ServiceError {
  /// Nobody typed the code in.
  static let codeExpired = ServiceError(
    .signInNeeded, "The code expired before anybody signed in with it. Ask for a new one.",
    serviceCode: "expired_token")

  /// Somebody said no.
  static let signInDenied = ServiceError(
    .signInNeeded, "The sign-in was denied in the browser. Ask for a new code to try again.",
    serviceCode: "access_denied")
}
