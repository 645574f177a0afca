import CNcurses
public import Cells
public import KeyInput

/// Why waiting is over.
public enum ScreenEvent: Hashable, Sendable {
  /// The terminal reported something.
  case input(TerminalInput)
  /// `Waker.wake()` was called, once or several times.
  case woken
  /// The terminal has this size now, or must be drawn anew at it.
  case resized(Size)
  /// SIGINT or SIGTERM asks to leave.
  case signal(Int32)
  /// The terminal is gone; nothing can be shown any more.
  case hangup
}

/// Ends a wait from any thread.
public struct Waker: Hashable, Sendable {
  let event: Int32
}

extension Waker {
  /// Ends the wait under way, or the next one; several calls before it count as one.
  public func wake() {
    confab_wake(event)
  }
}
