public import ACSTypes

/// What the channel of chat events tells.
public enum ChatEventSignal: Hashable, Sendable {
  /// From now on events come; those of before may be missing.
  case connected
  /// Something happened.
  case event(ChatEvent)
  /// The service lost events: whoever keeps a copy reads it anew (REALTIME 4).
  case eventsLost
}

/// Events of the user's threads, told as they happen.
public protocol ChatEventChannel: Sendable {
  /// Connects, tells all that comes, and returns when the connection ends; reconnecting is the caller's to decide.
  ///
  /// Cancelling the task disconnects.
  ///
  /// - Parameter receive: Called in the order of arrival, from any thread.
  /// - Throws: `ServiceError`; `.unsupported` where the resource offers no real-time events.
  func run(_ receive: @escaping @Sendable (ChatEventSignal) -> Void) async throws
}
