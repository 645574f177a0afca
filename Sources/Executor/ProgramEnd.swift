import Glibc

/// How every program of ours ends.
public enum ProgramEnd {
  /// Writes out what standard streams still hold, and ends the process with `code`, running no exit handler.
  ///
  /// Threads may still be at work then, such as the one that closes connections over TLS. The handlers that `exit` runs
  /// beside it take OpenSSL's and the C library's state away under its feet: one run in a hundred crashed so, after its
  /// work was done.
  public static func leave(with code: Int32) -> Never {
    fflush(nil)
    _exit(code)
  }

  /// Ends the process by the signal, as it ends a program that never thought of it, so that whoever started it sees that.
  public static func leave(by number: Int32) -> Never {
    signal(number, SIG_DFL)
    kill(getpid(), number)
    SignalSet(number).unblock()
    // Reached only where the signal is ignored after all.
    leave(with: 128 + number)
  }
}
