import ACSTypes

/// Keeps one user access token usable and asks for at most one new token at a time.
///
/// It is told what happened and says what to do; it knows no clock, network or task. It never asks in a storm: a
/// token service that gives expired tokens is asked ``fetchLimit`` times and then left alone, and so is one whose
/// tokens the service refuses. Requests pause longer after each failure in a row.
struct TokenMachine: Sendable {
  /// What the caller must do now.
  enum Instruction: Equatable, Sendable {
    /// Use this token.
    case use(UserAccessToken)
    /// Fetch a token and say how that ended.
    case fetch
    /// Wait for the fetch that runs, and ask again.
    case wait
    /// Give up.
    case fail(ServiceError)
  }

  /// How often the token service is asked in a row when it gives tokens that are of no use.
  static let fetchLimit = 3
  /// A token with less life than this on its arrival counts as expired: it would not outlast its first request.
  static let leastLife = RenewalSchedule.shortestWait
  /// After a failed fetch, requests fail at once for this long; twice as long after each further one, up to
  /// ``longestPause``.
  ///
  /// ``renewalWanted()`` is not held up by it: who calls that has a cadence of its own.
  static let firstPause = Duration.seconds(5)
  /// See ``firstPause``.
  static let longestPause = Duration.seconds(60)

  private enum State: Sendable {
    /// Before any token, and after the last one was of no use.
    case empty
    /// While a token is held and nobody fetches.
    case ready
    /// While one fetch runs; all callers wait for it, unless the held token still does.
    case fetching
    /// After a fetch failed and no token is left to use; holds up requests until `until`.
    case failed(ServiceError, until: Timestamp)
  }

  private let isRenewable: Bool
  private var state = State.empty
  private var held: (token: UserAccessToken, schedule: RenewalSchedule)?
  private var uselessTokens = 0
  private var refusals = 0
  private var failures = 0
  /// The last token that the service refused, until somebody wants to know again.
  private var refusedToken: Secret?

  /// A machine without a token.
  ///
  /// - Parameter isRenewable: False for a source that only has one token.
  init(isRenewable: Bool = true) {
    self.isRenewable = isRenewable
  }

  /// The token that is held, if any, and when it is to be renewed.
  var current: (token: UserAccessToken, renewOn: Timestamp)? {
    held.map { ($0.token, $0.schedule.renewOn) }
  }

  /// A request wants a token.
  mutating func wanted(now: Timestamp) -> Instruction {
    if let held, now < held.schedule.onDemandFrom { return .use(held.token) }
    switch state {
    case .fetching:
      guard let held, now < held.schedule.expiresOn else { return .wait }
      return .use(held.token)
    case .failed(let error, let until) where now < until:
      guard let held, now < held.schedule.expiresOn else { return .fail(error) }
      return .use(held.token)
    case .empty, .ready, .failed:
      return fetch()
    }
  }

  /// A new token is wanted, however long the held one lives.
  mutating func renewalWanted() -> Instruction {
    if case .fetching = state { return .wait }
    refusedToken = nil
    return fetch()
  }

  /// The service answered 401 to `token`; it is dropped, and a request wants another.
  ///
  /// - Returns: `.use` of a token that came meanwhile; `.fail` when the service has refused ``fetchLimit`` tokens in
  ///   a row that were fetched for this reason.
  mutating func refused(_ token: Secret, now: Timestamp) -> Instruction {
    guard held?.token.token == token else { return wanted(now: now) }
    guard refusals < TokenMachine.fetchLimit else { return .fail(.refusedAgain) }
    refusals += 1
    held = nil
    refusedToken = token
    if case .fetching = state { return .wait }
    return fetch()
  }

  /// The service took `token`.
  mutating func accepted(_ token: Secret) {
    if held?.token.token == token { refusals = 0 }
  }

  /// The fetch brought `token`.
  ///
  /// - Parameters:
  ///   - token: Whatever the token service gave.
  ///   - now: The time of its arrival.
  ///   - random: Any number; it makes the jitter of the renewal.
  /// - Returns: `.use`, or for a token of no use `.fetch` and at last `.fail`.
  mutating func arrived(_ token: UserAccessToken, now: Timestamp, random: UInt64) -> Instruction {
    let expiresOn = token.effectiveExpiry
    guard isRenewable else { return arrivedForGood(token, now: now) }
    guard expiresOn - now >= TokenMachine.leastLife else {
      uselessTokens += 1
      if uselessTokens < TokenMachine.fetchLimit { return fetch() }
      return failed(.uselessOnArrival(expiresOn, now: now), now: now)
    }
    return take(token, RenewalSchedule(expiresOn: expiresOn, now: now, random: random))
  }

  /// The one token of a source came, or came again.
  private mutating func arrivedForGood(_ token: UserAccessToken, now: Timestamp) -> Instruction {
    if token.token == refusedToken { return failed(.refusedForGood, now: now) }
    let expiresOn = token.effectiveExpiry
    guard expiresOn > now else { return failed(.endedForGood(expiresOn), now: now) }
    return take(token, RenewalSchedule(unrenewed: expiresOn))
  }

  private mutating func take(_ token: UserAccessToken, _ schedule: RenewalSchedule) -> Instruction {
    uselessTokens = 0
    failures = 0
    held = (token, schedule)
    state = .ready
    return .use(token)
  }

  /// The fetch failed; a held token stays in use while it lives.
  mutating func failed(_ error: ServiceError, now: Timestamp) -> Instruction {
    uselessTokens = 0
    let pause = min(TokenMachine.firstPause * (1 << min(failures, 5)), TokenMachine.longestPause)
    failures += 1
    state = .failed(error, until: now + pause)
    return .fail(error)
  }

  /// The fetch was called off by who ran it; the next caller may fetch.
  mutating func calledOff() {
    state = held == nil ? .empty : .ready
  }

  private mutating func fetch() -> Instruction {
    state = .fetching
    return .fetch
  }
}

extension UserAccessToken {
  /// When the service stops taking the token: what the signed claims say counts, not the token service's word.
  var effectiveExpiry: Timestamp { claims?.expiresOn ?? expiresOn }
}

extension ServiceError {
  fileprivate static let refusedAgain = ServiceError(
    .authFailed,
    """
    The service refused \(TokenMachine.fetchLimit) fresh tokens in a row. Check that the token service and the \
    endpoint belong to the same resource.
    """, status: 401)

  fileprivate static let refusedForGood = ServiceError(
    .signInNeeded,
    """
    The service refuses the token, and nobody renews it. Put another one in its place; check that it belongs to the \
    resource of the endpoint.
    """, status: 401)

  fileprivate static func endedForGood(_ expiry: Timestamp) -> ServiceError {
    ServiceError(
      .signInNeeded,
      "The token ended \(expiry.iso8601), and nobody renews it. Put another one in its place.")
  }

  /// With the time to wait, where a token service hands an old token out until its very end.
  fileprivate static func uselessOnArrival(_ expiry: Timestamp, now: Timestamp) -> ServiceError {
    let isOver = expiry <= now
    let ended = isOver ? "that expired \((now - expiry).words) ago" : "about to expire"
    return ServiceError(
      .authFailed,
      """
      The token service gave \(TokenMachine.fetchLimit) tokens in a row \(ended). Check this computer's clock \
      and whether the token service keeps old tokens.
      """, retryAfter: isOver ? nil : expiry - now + .seconds(1))
  }
}
