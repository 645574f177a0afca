/// Something that must never be so, and was.
public struct Violation: Hashable, Sendable, CustomStringConvertible {
  /// Which rule was broken; shrinking keeps to one rule.
  public enum Rule: String, Hashable, Sendable, CaseIterable {
    /// An acknowledged message is at the service once, not less and not more.
    case exactlyOnce = "exactly once"
    /// What was asked for was sent, failed and said why, or was taken back.
    case accounted = "intents accounted for"
    /// A view has the service's messages in the service's order.
    case sameMessages = "same messages"
    /// Places in a view rise, from message to message.
    case order
    /// The threads in a client's list are those that it is in.
    case sameThreads = "same threads"
    /// The people of a thread are those whom the service has in it.
    case samePeople = "same people"
    /// What was edited or deleted never shows an older text again.
    case versions = "edits and deletions never go back"
    /// What is found is there, and what is there is found.
    case search = "search results"
    /// Drafts, pins and mutes change by the person alone, and survive a kill.
    case own = "drafts, pins and mutes stay"
    /// What was recorded of a client gives its state again, byte for byte.
    case replay = "a recording gives the state"
    /// A receipt never goes back to an older message.
    case receipts = "receipts never go back"
    /// Every effect ends, or is given up.
    case effects = "no effect unresolved"
    /// Unread counts are right.
    case unread = "unread counts"
    /// What is kept in memory is bounded.
    case memory = "memory bounded"
    /// What is on the disk is what is shown.
    case disk = "history equals view"
    /// After all troubles everything comes to rest.
    case rest = "comes to rest"
  }

  /// The rule.
  public var rule: Rule
  /// Whose client it was; empty for the service.
  public var client: String
  /// What differs.
  public var message: String

  /// A breach of a rule.
  public init(_ rule: Rule, _ client: String, _ message: String) {
    self.rule = rule
    self.client = client
    self.message = message
  }

  /// The breach as a line of a report.
  public var description: String {
    client.isEmpty ? "\(rule.rawValue): \(message)" : "\(rule.rawValue), \(client): \(message)"
  }
}
