import ACSTypes
import Synchronization

/// Counts what the service does, for `/metrics`; nothing in it names a user.
public final class Metrics: Sendable {
  struct RouteKey: Hashable {
    var route: String
    var method: String
    var status: Int
  }

  struct Counts {
    var requests: [RouteKey: Int] = [:]
    var latencies: [String: LatencyHistogram] = [:]
    /// Tokens issued, by the kind of caller.
    var tokens: [String: Int] = [:]
    /// Failures of the service behind, by their code.
    var failures: [String: Int] = [:]
    /// Requests that were too many, by what they were counted by.
    var limited: [String: Int] = [:]
    /// Requests under way.
    var inFlight = 0
  }

  private let counts = Mutex(Counts())
  /// When the service began.
  let startedOn: Timestamp

  init(startedOn: Timestamp) {
    self.startedOn = startedOn
  }

  /// A request came.
  public func began() { counts.withLock { $0.inFlight += 1 } }

  /// A request was answered.
  public func ended(_ record: RequestRecord, after duration: Duration) {
    let key = RouteKey(route: record.route, method: record.method, status: record.status)
    counts.withLock { counts in
      counts.inFlight -= 1
      counts.requests[key, default: 0] += 1
      counts.latencies[record.route, default: LatencyHistogram()].add(duration)
    }
  }

  func tokenIssued(to caller: Caller) {
    let kind = String(caller.label.prefix { $0 != " " })
    counts.withLock { $0.tokens[kind, default: 0] += 1 }
  }

  func serviceFailed(_ code: String) { counts.withLock { $0.failures[code, default: 0] += 1 } }

  func limited(by what: String) { counts.withLock { $0.limited[what, default: 0] += 1 } }

  var snapshot: Counts { counts.withLock { $0 } }
}

/// How long requests took, in buckets.
struct LatencyHistogram: Hashable, Sendable {
  /// Upper bounds in seconds: from a quarter of the millisecond that the service may add, to an impatient client.
  static let bounds = [
    0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
  ]

  /// Requests up to each bound and above the one before; the last beyond all.
  private(set) var buckets = [Int](repeating: 0, count: bounds.count + 1)
  private(set) var sum = 0.0

  mutating func add(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let time = Double(seconds) + Double(attoseconds) / 1e18
    sum += time
    buckets[LatencyHistogram.bounds.firstIndex { time <= $0 } ?? buckets.count - 1] += 1
  }
}

/// What is told of a request when it is over: to the log and the metrics.
public struct RequestRecord: Hashable, Sendable {
  /// Names the request in the log and in `X-Request-ID`.
  public var id: String
  /// `GET`, `POST`, …; `OTHER` for what nobody knows, so that nobody can fill the metrics.
  public var method: String
  /// The pattern of the path, `/refreshToken/{userId}`: the path itself may hold a user or a secret.
  public var route: String
  /// The status of the answer.
  public var status: Int
  /// What the caller is called; `nil` when nobody asked who it is.
  public var caller: String?
  /// Where it came from.
  public var client: String
  /// What went wrong.
  public var problem: String?
}
