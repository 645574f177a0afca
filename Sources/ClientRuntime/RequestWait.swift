public import ACSTypes

/// A request waits for its turn.
public struct RequestWait: Hashable, Sendable {
  /// What is asked.
  public let kind: RequestPaces.Kind
  /// How long it waits.
  public let duration: Duration
  /// True when the service asked for it, by a 429; else its known limits do.
  public let isAsked: Bool

  /// The seconds, rounded up.
  public var seconds: Int64 { duration.secondsRoundedUp }

  /// What is waited for, for people.
  public var subject: String {
    switch kind {
    case .threads: "threads"
    case .pages, .messages: "messages"
    case .people: "the people of a thread"
    case .receipts: "read receipts"
    case .readMarks: "telling what was read"
    case .changes: "sending, editing and deleting"
    case .membership: "adding and removing people"
    case .topic: "changing a topic"
    case .creation: "making threads"
    case .typing: "telling that somebody types"
    case .directory: "the directory"
    }
  }

  /// Why nobody waits so long who has `waited` already.
  func error(patience: Duration, waited: Duration) -> ServiceError {
    let asks = isAsked ? "asks to wait" : "takes only so many requests a minute: going on takes"
    let before = waited.components.seconds
    return ServiceError(
      .throttled,
      """
      The service \(asks) \(seconds) s\(before > 0 ? " more" : "") (\(subject)), \
      \(before > 0 ? "with the \(before) s before " : "")longer than the \(patience.components.seconds) s that are waited.
      """,
      retryAfter: duration)
  }
}
