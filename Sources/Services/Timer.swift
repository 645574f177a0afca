/// Lets time pass, for who must try again later.
public protocol Timer: Sendable {
  /// Returns after `duration`; at once for none.
  ///
  /// - Throws: `CancellationError` as soon as the task is cancelled.
  func wait(_ duration: Duration) async throws
}
