import Glibc
import ScriptKit
import Synchronization

/// Standard output and standard error.
enum Output {
  private static let broken = Mutex(false)

  /// True once something could not be written.
  static var isBroken: Bool { broken.withLock { $0 } }

  /// Writes a text and a line feed to standard output; nothing of it steers a terminal.
  static func say(_ text: String) { write(text.withoutSteering, STDOUT_FILENO) }

  /// Writes to standard output what is for programs, as it is, and a line feed.
  static func pour(_ text: String) { write(text, STDOUT_FILENO) }

  /// Writes a text and a line feed to standard error; nothing of it steers a terminal.
  static func complain(_ text: String) { write(text.withoutSteering, STDERR_FILENO) }

  private static func write(_ text: String, _ file: Int32) {
    guard !text.isEmpty else { return }
    var bytes = Array((text + "\n").utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else {
        broken.withLock { $0 = true }
        return
      }
      bytes = bytes.dropFirst(count)
    }
  }
}
