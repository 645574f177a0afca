import Executor
import Glibc

/// When a server program is to stop: SIGTERM, SIGINT or SIGHUP, or the end of standard input where it was asked to watch it.
///
/// The signals are blocked in every thread and taken by the main thread alone, so that no handler runs anywhere.
public enum StopSignal {
  /// Call first of all, before any thread is started; files made from then on are their owner's alone.
  public static func prepare() {
    umask(0o077)
    SignalSet.ending.block()
    signal(SIGPIPE, SIG_IGN)
  }

  /// Stops the program as SIGTERM does once standard input has ended: for programs that start it, however they end.
  public static func watchStandardInput() {
    PosixThread(name: "end of input") {
      var bytes = [UInt8](repeating: 0, count: 256)
      while true {
        let count = read(STDIN_FILENO, &bytes, bytes.count)
        if count == 0 || (count < 0 && errno != EINTR) { break }
      }
      kill(getpid(), SIGTERM)
    }.detach()
  }

  /// What a signal means to a program that can take its settings in anew.
  public enum Word: Sendable {
    /// SIGHUP, while the terminal, if there was one, is still there.
    case reload
    /// Everything else.
    case stop
  }

  /// Waits for the next signal.
  ///
  /// The kernel also sends SIGHUP when the program's terminal goes away; that is a reason to stop.
  public static func waitForWord() -> Word {
    let hadTerminal = hasTerminal
    return SignalSet.ending.next() == SIGHUP && hasTerminal == hadTerminal ? .reload : .stop
  }

  private static var hasTerminal: Bool { (0...2).contains { isatty(Int32($0)) == 1 } }

  /// Waits until the program is to stop.
  public static func wait() {
    _ = SignalSet.ending.next()
  }
}
