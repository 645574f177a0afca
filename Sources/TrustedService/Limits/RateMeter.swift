import ACSTypes
import Synchronization

/// Counts requests by account, each against a bucket of its own.
final class RateMeter: Sendable {
  /// A bucket as it was when it was last looked at.
  private struct Bucket {
    var level: Double
    var seen: Timestamp
    var limit: RateLimit

    mutating func refill(_ limit: RateLimit, now: Timestamp) {
      // A clock set back gives nothing and takes nothing.
      let seconds = Double(max(0, (now - seen).wholeMilliseconds)) / 1000
      level = min(limit.burst, level + seconds * limit.perSecond)
      seen = now
      self.limit = limit
    }
  }

  /// Accounts that are remembered; beyond, full buckets are forgotten, which changes nothing.
  static let capacity = 10_000

  private let buckets = Mutex<[String: Bucket]>([:])

  /// Takes one request from `account`'s bucket.
  ///
  /// - Returns: `nil` when it may be served, else how long to wait for the next one.
  func take(_ account: String, _ limit: RateLimit, now: Timestamp) -> Duration? {
    buckets.withLock { buckets in
      if buckets.count >= RateMeter.capacity, buckets[account] == nil {
        RateMeter.forget(&buckets, now: now)
      }
      var bucket = buckets[account] ?? Bucket(level: limit.burst, seen: now, limit: limit)
      bucket.refill(limit, now: now)
      let isServed = bucket.level >= 1
      if isServed { bucket.level -= 1 }
      buckets[account] = bucket
      guard !isServed else { return nil }
      return .milliseconds(Int64(((1 - bucket.level) / limit.perSecond * 1000).rounded(.up)))
    }
  }

  /// How many accounts are remembered.
  var count: Int { buckets.withLock { $0.count } }

  private static func forget(_ buckets: inout [String: Bucket], now: Timestamp) {
    buckets = buckets.filter { _, bucket in
      var bucket = bucket
      bucket.refill(bucket.limit, now: now)
      return bucket.level < bucket.limit.burst
    }
    // Nobody can be told apart from so many any more: begin anew rather than grow.
    if buckets.count >= capacity { buckets = [:] }
  }
}
