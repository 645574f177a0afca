import Glibc
import KeyInput

/// Reads standard input and knows when time is up for a lone Esc.
struct InputReader {
  private var decoder = InputDecoder()
  private var buffer = [UInt8](repeating: 0, count: 4096)
  /// When the last byte came, while the decoder waits for another one.
  private var pendingSince: ContinuousClock.Instant?

  /// The shorter of `timeout` and the time left for the rest of a sequence.
  func limit(_ timeout: Duration?) -> Duration? {
    guard let pendingSince else { return timeout.map { max(.zero, $0) } }
    let left = InputDecoder.timeLimit - (ContinuousClock.now - pendingSince)
    return max(.zero, min(timeout ?? left, left))
  }

  /// Reads what is there; nil when there will be nothing any more.
  mutating func read() -> [TerminalInput]? {
    let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
    guard count > 0 else { return count < 0 && (errno == EINTR || errno == EAGAIN) ? [] : nil }
    let inputs = decoder.consume(buffer[..<count])
    pendingSince = decoder.isPending ? ContinuousClock.now : nil
    return inputs
  }

  /// What time has decided; empty while it has not.
  mutating func timedOut() -> [TerminalInput] {
    guard let since = pendingSince, ContinuousClock.now - since >= InputDecoder.timeLimit else {
      return []
    }
    pendingSince = nil
    return decoder.timedOut()
  }
}

extension Duration {
  /// Whole nanoseconds, rounded up so that a wait never ends before its time.
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    guard seconds < 1_000_000_000 else { return 1_000_000_000 * 1_000_000_000 }
    return seconds * 1_000_000_000 + (attoseconds + 999_999_999) / 1_000_000_000
  }
}
