import ACSTypes

/// Keeps one token of Entra usable and asks for at most one new one at a time.
///
/// It is told what happened and says what to do; it knows no clock, network or task.
struct EntraTokenMachine: Sendable {
  /// What the caller must do now.
  enum Instruction: Equatable, Sendable {
    /// Use this token.
    case use(Secret)
    /// Fetch a token and say how that ended.
    case fetch
    /// Wait for the fetch that runs, and ask again.
    case wait
    /// Give up.
    case fail(ServiceAuthError)
  }

  /// A token with less life than this counts as expired: it would not outlast its request.
  static let leastLife = Duration.seconds(10)
  /// After a failed fetch a token that still lives is used for this long before the next one (azure-identity's number).
  static let pauseWithToken = Duration.seconds(30)
  /// After a failed fetch with no token left, requests fail at once for this long.
  static let pauseWithoutToken = Duration.seconds(5)

  private var held: (token: EntraToken, renewOn: Timestamp)?
  private var isFetching = false
  private var failure: (error: ServiceAuthError, on: Timestamp)?

  /// When a token that came at `now` is to be renewed: when its issuer says; at half its life from two hours on; else five
  /// minutes before its end, or at half its life where that is later.
  static func renewOn(_ token: EntraToken, now: Timestamp) -> Timestamp {
    if let asked = token.refreshOn { return asked }
    let life = token.expiresOn - now
    let half = now + life / 2
    return life >= .seconds(7200) ? half : max(half, token.expiresOn - .seconds(300))
  }

  /// A request wants a token.
  mutating func wanted(now: Timestamp) -> Instruction {
    if let held, held.token.expiresOn - now > EntraTokenMachine.leastLife {
      let hasFailed = failure.map { now < $0.on + EntraTokenMachine.pauseWithToken } ?? false
      if now < held.renewOn || isFetching || hasFailed { return .use(held.token.token) }
    } else {
      held = nil
      if isFetching { return .wait }
      if let failure, now < failure.on + EntraTokenMachine.pauseWithoutToken {
        return .fail(failure.error)
      }
    }
    isFetching = true
    return .fetch
  }

  /// The fetch brought `token`.
  mutating func arrived(_ token: EntraToken, now: Timestamp) {
    guard token.expiresOn - now > EntraTokenMachine.leastLife else {
      return failed(
        ServiceAuthError(
          .unavailable,
          "The identity's token has expired already, or is about to. Check this computer's clock."),
        now: now)
    }
    isFetching = false
    failure = nil
    held = (token, EntraTokenMachine.renewOn(token, now: now))
  }

  /// The fetch failed; a held token stays in use while it lives.
  mutating func failed(_ error: ServiceAuthError, now: Timestamp) {
    isFetching = false
    failure = (error, now)
  }

  /// The fetch was called off by who ran it; the next caller may fetch.
  mutating func calledOff() {
    isFetching = false
  }

  /// The service did not take `token`.
  ///
  /// - Returns: Whether another one may be had: a token that was fetched after a refusal is not dropped again at once.
  mutating func refused(_ token: Secret, now: Timestamp) -> Bool {
    guard let held else { return true }
    guard held.token.token == token else { return true }
    if let lastRefusal, now < lastRefusal + EntraTokenMachine.pauseWithToken { return false }
    lastRefusal = now
    self.held = nil
    return true
  }

  private var lastRefusal: Timestamp?
}
