public import ACSTypes

/// Names an own message before the service does.
public struct OutboxID: Hashable, Sendable {
  /// Counts up from 1 within one run.
  public var rawValue: Int

  /// An id.
  public init(_ rawValue: Int) {
    self.rawValue = rawValue
  }
}

/// An own message that the service has not yet taken.
public struct OutboxEntry: Hashable, Sendable {
  /// How far it has come.
  public enum State: Hashable, Sendable {
    /// While it waits for the service to be reachable.
    case queued
    /// While the request is under way.
    case sending
    /// After the service refused it, or it is not known whether it arrived.
    case failed(reason: String)
  }

  /// Its name.
  public var id: OutboxID
  /// The text.
  public var text: String
  /// When the person sent it.
  public var writtenOn: Timestamp
  /// How far it has come.
  public var state: State
}
