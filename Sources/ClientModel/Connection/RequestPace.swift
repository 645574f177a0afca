import ACSTypes

/// Keeps one kind of request within the service's limits, so that we never hit them by ourselves (REALTIME 5).
struct RequestPace: Hashable, Sendable {
  /// So many in so long.
  struct Limit: Hashable, Sendable {
    var count: Int
    var span: Duration
  }

  private let limits: [Limit]
  /// When the newest went, oldest first; never more than the greatest count.
  private var moments: [Timestamp] = []

  init(_ limits: [Limit]) {
    self.limits = limits
  }

  /// When the next one may go; `nil` when it may now, and is noted.
  mutating func spend(at now: Timestamp) -> Timestamp? {
    let waits = limits.compactMap { limit -> Timestamp? in
      guard moments.count >= limit.count else { return nil }
      let free = moments[moments.count - limit.count] + limit.span
      return free > now ? free : nil
    }
    if let free = waits.max() { return free }
    if moments.count >= limits.map(\.count).max() ?? 1 { moments.removeFirst() }
    moments.append(now)
    return nil
  }
}

extension [RequestPace.Limit] {
  /// Sending, editing and deleting, for each thread.
  static let changes = [
    RequestPace.Limit(count: 10, span: .seconds(10)),
    RequestPace.Limit(count: 30, span: .seconds(60)),
  ]
  /// Reading the list of threads, or one thread's properties.
  static let lists = [RequestPace.Limit(count: 40, span: .seconds(10))]
  /// Reading pages of messages beside those of the open thread's polls, which are seven in ten seconds at most.
  static let pages = [
    RequestPace.Limit(count: 40, span: .seconds(10)),
    RequestPace.Limit(count: 150, span: .seconds(60)),
  ]
  /// Telling that the user types.
  static let typing = [
    RequestPace.Limit(count: 4, span: .seconds(10)),
    RequestPace.Limit(count: 12, span: .seconds(60)),
  ]
  /// Reading receipts.
  static let receipts = [RequestPace.Limit(count: 4, span: .seconds(10))]
}
