/// How well the network and the servers serve one party: shares of requests that go wrong, and how.
public struct Weather: Hashable, Sendable {
  /// How long one way takes.
  public var latency = Duration.milliseconds(5)...Duration.milliseconds(60)
  /// Of requests, those that never arrive; nothing comes back.
  public var lostRequests = 0.0
  /// Of requests, those that are done and whose answer never comes.
  public var lostAnswers = 0.0
  /// Of requests, those whose connection breaks: half of them before they arrived, half after they were done.
  public var broken = 0.0
  /// Of requests, those that are delivered twice.
  public var duplicates = 0.0
  /// Of requests, those refused by 429 with a `Retry-After`.
  public var throttled = 0.0
  /// Of requests, those answered by 500, 502 or 503: half of them after they were done.
  public var failing = 0.0
  /// Of requests, those that take up to ``delay`` longer.
  public var late = 0.0
  /// The most by which a late request takes longer; the client takes for granted that none is on its way for more than
  /// five seconds after it gave up waiting.
  public var delay = Duration.seconds(4)
  /// True while nothing at all passes.
  public var isOffline = false

  /// A clear day: nothing goes wrong.
  public init() {}
}
