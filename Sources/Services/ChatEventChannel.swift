public import ACSTypes

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
