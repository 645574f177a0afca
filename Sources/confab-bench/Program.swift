import CPty
import Glibc

/// A program to measure: how to run it and how to know that it is ready.
struct Program: Sendable {
  /// What the tables call it.
  let name: String
  /// The command and its arguments.
  let command: [String]
  /// A text that its whole first screen contains, in one style on one row.
  let readyText: String
}

/// Why nothing could be measured.
struct BenchError: Error, CustomStringConvertible {
  let description: String
}

/// One run of a program in a terminal of its own.
final class Run {
  let pid: pid_t
  private let terminal: Int32
  private var isOver = false
  /// Memory of its own: an array that a slice refers to would be copied at each read, and its time be measured.
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65536, alignment: 1)

  private static let columns: UInt16 = 120, rows: UInt16 = 40

  init(_ program: Program) throws {
    var terminal: Int32 = -1
    let arguments = program.command.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    pid = confab_pty_spawn(arguments, environ, Self.columns, Self.rows, &terminal)
    guard pid > 0 else {
      throw BenchError(description: "no terminal for \(program.name): \(lastError)")
    }
    self.terminal = terminal
  }

  deinit {
    end()
    buffer.deallocate()
  }

  /// Sends keys.
  func send(_ bytes: [UInt8]) {
    _ = write(terminal, bytes, bytes.count)
  }

  /// What came within `limit`, as soon as something has; nil when nothing did, or at the end.
  ///
  /// The bytes stay until the next read.
  func read(within limit: Duration) -> UnsafeRawBufferPointer? {
    guard confab_pty_readable(terminal, limit.nanoseconds) else { return nil }
    let count = Glibc.read(terminal, buffer.baseAddress, buffer.count)
    return count > 0 ? UnsafeRawBufferPointer(rebasing: buffer[..<count]) : nil
  }

  /// Reads until nothing comes for `quiet`; tells how many bytes did.
  @discardableResult
  func drain(quiet: Duration) -> Int {
    var count = 0
    while let bytes = read(within: quiet) { count += bytes.count }
    return count
  }

  /// Reads until `text` has come.
  func await(_ text: String, within limit: Duration, of program: Program) throws {
    let wanted = Array(text.utf8)
    let end = ContinuousClock.now + limit
    var seen: [UInt8] = []
    seen.reserveCapacity(1 << 20)
    while let bytes = read(within: max(.zero, end - .now)) {
      let from = max(0, seen.count - wanted.count)
      seen += bytes
      let isThere = seen.withUnsafeBytes { seen in
        confab_bytes_contain(
          seen.baseAddress?.advanced(by: from), seen.count - from, wanted, wanted.count)
      }
      if isThere { return }
    }
    throw BenchError(
      description: "\(program.name) did not show \"\(text)\" within \(limit); it wrote:\n"
        + String(decoding: seen.suffix(2000), as: UTF8.self).debugDescription)
  }

  /// Leaves with Ctrl-Q; by force when that takes longer than two seconds.
  func end() {
    guard !isOver else { return }
    isOver = true
    send([0x11])
    let limit = ContinuousClock.now + .seconds(2)
    while ContinuousClock.now < limit, waitpid(pid, nil, WNOHANG) == 0 {
      // The end of the program is the end of its output.
      if read(within: .milliseconds(20)) == nil { usleep(200) }
    }
    if kill(pid, 0) == 0, waitpid(pid, nil, WNOHANG) == 0 {
      kill(pid, SIGKILL)
      waitpid(pid, nil, 0)
    }
    close(terminal)
  }
}

/// What the system says about the last call that failed.
var lastError: String { String(cString: strerror(errno)) }

extension Duration {
  var nanoseconds: Int64 {
    components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
  }
}
