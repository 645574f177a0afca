/// Keeps a user's requests within the limits that the service has for each kind of them (WIRE 4.5), so that no program of
/// ours hits them by itself.
public struct RequestPaces: Hashable, Sendable {
  /// What is counted together.
  public enum Kind: Hashable, Sendable {
    /// Pages of the list of threads, and single threads' properties.
    case threads
    /// Pages of messages that nobody looks at, of all threads together.
    case pages
    /// Pages of a thread's messages.
    case messages(ChatThreadID)
    /// Who is in a thread, page by page.
    case people(ChatThreadID)
    /// Up to where the people of a thread have read.
    case receipts(ChatThreadID)
    /// Telling up to where the user has read in a thread.
    case readMarks(ChatThreadID)
    /// Sending, editing and deleting in a thread.
    case changes(ChatThreadID)
    /// Adding people to a thread, and taking them out.
    case membership(ChatThreadID)
    /// Giving a thread another topic.
    case topic(ChatThreadID)
    /// Making threads.
    case creation
    /// Telling that the user types, in all threads together.
    case typing
    /// Asking the trusted service's directory.
    case directory
  }

  /// So many kinds are remembered before those are forgotten that no limit looks back to.
  static let capacity = 128

  private var windows: [Kind: SentRequests] = [:]
  /// What the service asked to be left alone until a moment.
  private var closed: [Kind: Timestamp] = [:]

  /// Nothing was asked yet.
  public init() {}

  /// How many kinds are remembered.
  public var count: Int { windows.count }

  /// Looks whether a request may go.
  ///
  /// - Parameters:
  ///   - kind: What is asked.
  ///   - isWalk: True for pages of a long way up or down, which leave some of the limit to what is asked now and then.
  ///   - now: The time.
  /// - Returns: When it may go; `nil` when it may now.
  public func free(_ kind: Kind, isWalk: Bool = false, at now: Timestamp) -> Timestamp? {
    let free = windows[kind]?.free(at: now, within: isWalk ? kind.walkLimits : kind.limits)
    let opened = closed[kind].flatMap { $0 > now ? $0 : nil }
    return [free, opened].compactMap(\.self).max()
  }

  /// Whether the service asked to be left alone of a kind, and still wants it.
  public func isClosed(_ kind: Kind, at now: Timestamp) -> Bool {
    closed[kind].map { $0 > now } ?? false
  }

  /// When a request may go; `nil` when it may now, and is noted as `cost` of them.
  public mutating func spend(
    _ kind: Kind, cost: Int = 1, isWalk: Bool = false, at now: Timestamp
  ) -> Timestamp? {
    if let free = free(kind, isWalk: isWalk, at: now) { return free }
    note(kind, cost: cost, at: now)
    return nil
  }

  /// Notes requests that go whatever the pace.
  public mutating func note(_ kind: Kind, cost: Int = 1, at now: Timestamp) {
    if windows[kind] == nil, windows.count >= RequestPaces.capacity {
      windows = windows.filter { $0.value.newest.map { now - $0 < .seconds(61) } ?? false }
    }
    windows[kind, default: SentRequests()].note(cost, at: now, keeping: kind.limits)
  }

  /// How long a kind is left alone when the service does not say.
  private static let pause = Duration.seconds(5)

  /// A request failed; the service may want to be left alone of its kind.
  public mutating func note(_ error: ServiceError, of kind: Kind, at now: Timestamp) {
    guard error.code == .throttled else { return }
    closed = closed.filter { $0.value > now }
    closed[kind] = now + (error.retryAfter ?? RequestPaces.pause)
  }
}

/// So many in so long.
private struct RequestLimit: Hashable, Sendable {
  var count: Int
  var span: Duration

  static func burst(_ count: Int) -> Self { Self(count: count, span: .seconds(10)) }
  static func minute(_ count: Int) -> Self { Self(count: count, span: .seconds(60)) }
}

extension RequestPaces.Kind {
  /// Often somewhat less than the service's own, for another program of the user.
  fileprivate var limits: [RequestLimit] {
    switch self {
    case .threads: [.burst(40)]
    case .pages: [.burst(40), .minute(150)]
    case .messages: [.burst(46), .minute(190)]
    case .people: [.burst(8)]
    case .receipts: [.burst(4)]
    case .readMarks: [.burst(8), .minute(27)]
    case .changes: [.burst(10), .minute(30)]
    case .membership: [.burst(8), .minute(27)]
    case .topic: [.burst(4)]
    case .creation: [.burst(8)]
    case .typing: [.burst(4), .minute(12)]
    // The trusted service takes ten a second unless it is told otherwise.
    case .directory: [.burst(50)]
    }
  }

  fileprivate var walkLimits: [RequestLimit] {
    if case .messages = self { [.burst(36), .minute(130)] } else { limits }
  }
}

/// When requests of one kind went.
private struct SentRequests: Hashable, Sendable {
  /// Requests are on their way for different times: the service may see them so much closer together.
  private static let margin = Duration.milliseconds(500)

  /// The newest, oldest first; never more than the greatest count of the limits.
  private var moments: [Timestamp] = []

  /// When the newest went; `nil` for none.
  var newest: Timestamp? { moments.last }

  /// When the next one may go; `nil` when it may now.
  func free(at now: Timestamp, within limits: [RequestLimit]) -> Timestamp? {
    let waits = limits.compactMap { limit -> Timestamp? in
      guard moments.count >= limit.count else { return nil }
      let free = moments[moments.count - limit.count] + limit.span + SentRequests.margin
      return free > now ? free : nil
    }
    return waits.max()
  }

  /// Notes `count` that go now.
  mutating func note(_ count: Int, at now: Timestamp, keeping limits: [RequestLimit]) {
    moments += repeatElement(now, count: count)
    let surplus = moments.count - (limits.map(\.count).max() ?? 1)
    if surplus > 0 { moments.removeFirst(surplus) }
  }
}
