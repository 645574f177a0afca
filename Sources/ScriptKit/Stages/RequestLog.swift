public import ACSTypes

/// The requests that somebody's client sent, with their answers.
public struct RequestLog: Sendable {
  /// How many are kept; of more the oldest are let go of.
  private static let limit = 20_000

  /// The requests, oldest first.
  public private(set) var requests: [Diary.Request] = []
  private var countBefore = 0

  /// An empty one.
  public init() {}

  /// Writes a request down; `order` tells it from others of the same moment.
  ///
  /// - Returns: The number under which its answer is told.
  public mutating func add(_ request: HTTPRequest, at now: Timestamp, order: Int = 0) -> Int {
    requests.append(
      .init(
        at: now, order: order, method: request.method, target: String(request.target), status: nil))
    if requests.count > 2 * RequestLog.limit {
      requests.removeFirst(RequestLog.limit)
      countBefore += RequestLog.limit
    }
    return countBefore + requests.count - 1
  }

  /// Forgets all of them.
  public mutating func clear() {
    countBefore += requests.count
    requests = []
  }

  /// Writes down how a request was answered.
  public mutating func answered(_ number: Int, with status: Int) {
    guard number >= countBefore else { return }
    requests[number - countBefore].status = status
  }
}
