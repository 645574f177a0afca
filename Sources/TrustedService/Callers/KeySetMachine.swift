import ACSTypes
import ServiceAuth

/// Keeps an authority's keys usable: says when to fetch them, and what to do while they cannot be had.
struct KeySetMachine: Sendable {
  /// What to do for a token now.
  enum Instruction: Sendable {
    /// Prove it by this key.
    case use(RSAPublicKey)
    /// Fetch the keys, then ask ``answer(_:now:)``.
    case fetch
    /// Refuse it.
    case refuse(RequestProblem)
  }

  /// What is known of the keys.
  enum Condition: Hashable, Sendable {
    /// Before the first fetch.
    case unknown
    /// While keys are there.
    case usable
    /// While there are none, and why.
    case missing(String)
  }

  /// The time between two tries while the authority does not answer.
  static let pause = Duration.seconds(2)
  /// The time between two tries while older keys do.
  static let longPause = Duration.seconds(30)
  /// Fetches because of keys that nobody knows: a few at once, then this often, whoever asks.
  static let refetches = RateLimit(perSecond: 1.0 / 30, burst: 5)

  private var set: JSONWebKeySet?
  /// Until when `set` needs no look.
  private var freshUntil = Timestamp.epoch
  private var failure: String?
  private var retryAt = Timestamp.epoch
  private let meter = RateMeter()

  var condition: Condition {
    if set != nil { return .usable }
    return failure.map(Condition.missing) ?? .unknown
  }

  /// A token names the key `id`.
  mutating func wanted(_ id: String?, now: Timestamp) -> Instruction {
    guard let set else { return now < retryAt ? .refuse(unavailable(now: now)) : .fetch }
    if let key = set.key(id) {
      guard now >= freshUntil, now >= retryAt else { return .use(key) }
      // Others go on with the old keys while this one looks.
      retryAt = now + KeySetMachine.longPause
      return .fetch
    }
    if failure != nil, now < retryAt { return .refuse(unavailable(now: now)) }
    guard meter.take("", KeySetMachine.refetches, now: now) == nil else {
      return .refuse(unknownKey)
    }
    return .fetch
  }

  /// The fetch is over, whatever came of it.
  func answer(_ id: String?, now: Timestamp) -> Instruction {
    guard let set else { return .refuse(unavailable(now: now)) }
    if let key = set.key(id) { return .use(key) }
    return .refuse(failure == nil ? unknownKey : unavailable(now: now))
  }

  /// The authority's keys came.
  mutating func arrived(_ set: JSONWebKeySet, freshFor life: Duration, now: Timestamp) {
    self.set = set
    failure = nil
    retryAt = now
    freshUntil = now + life
  }

  /// The authority's keys did not come; older ones stay.
  mutating func failed(_ words: String, now: Timestamp) {
    failure = words
    retryAt = now + (set == nil ? KeySetMachine.pause : KeySetMachine.longPause)
  }

  private var unknownKey: RequestProblem {
    .invalidToken("The token is signed with a key that the authority does not publish.")
  }

  private func unavailable(now: Timestamp) -> RequestProblem {
    RequestProblem(
      status: 503, code: "AuthorityUnavailable",
      message: "Callers cannot be proved now: the authority's keys cannot be had. "
        + (failure ?? "They were not asked for yet."),
      retryAfter: max(.seconds(1), retryAt - now))
  }
}
