import Executor
import Glibc
import Synchronization

/// Reads what a program writes into a pipe: keeps the first line and drops the rest, so that the program never waits.
final class FirstLine: Sendable {
  /// How much of a line is waited for before it counts as none.
  private static let limit = 1 << 16

  private struct State {
    var bytes: [UInt8] = []
    var line: String?
    var isOver = false

    /// - Returns: Whether the line became whole.
    mutating func take(_ part: ArraySlice<UInt8>) -> Bool {
      guard line == nil, bytes.count < FirstLine.limit else { return false }
      bytes += part
      guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return false }
      line = String(decoding: bytes[..<end], as: UTF8.self)
      return true
    }
  }

  private let state = Mutex(State())
  private let file: Int32

  /// Begins to read; closes `file` at its end.
  init(of file: Int32, watch: Watch) {
    self.file = file
    PosixThread(name: "line") { self.read { watch.wake() } }.detach()
  }

  /// The first line, without its end, once it is whole.
  var text: String? { state.withLock { $0.line } }

  /// Whether everything was read, so that no line will come.
  var isOver: Bool { state.withLock { $0.isOver } }

  private func read(changed: () -> Void) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      let isLine = state.withLock { $0.take(buffer[..<count]) }
      if isLine { changed() }
    }
    close(file)
    state.withLock { $0.isOver = true }
    changed()
  }
}
