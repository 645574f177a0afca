public import Services

/// Waits by the computer's clock; each wait has a thread, so it is for seldom ones.
public struct SystemTimer: Timer {
  /// A timer.
  public init() {}

  /// Waits on a thread of its own.
  public func wait(_ duration: Duration) async throws {
    let isCancelled = Signal(false)
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        PosixThread(name: "timer") {
          isCancelled.wait(upTo: max(.zero, duration)) { $0 ? () : nil }
          continuation.resume()
        }.detach()
      }
    } onCancel: {
      isCancelled.change { $0 = true }
    }
    try Task.checkCancellation()
  }
}
