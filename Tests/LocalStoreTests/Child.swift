import FoundationEssentials
import Glibc
import Testing

/// A run of `confab-history-bench write`, whose lines are the numbers of what is safe.
final class Child {
  private let process: pid_t
  private let output: Int32

  /// Starts it on the file at `path`.
  init(_ path: String, options: [String] = []) throws {
    // The programs lie beside the tests' own.
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let program = tests.split(separator: "/").dropLast().joined(separator: "/")
    let words = ["/\(program)/confab-history-bench", "write"] + options + [path]
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)
    let arguments = words.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var process: pid_t = 0
    let status = posix_spawn(&process, words[0], &actions, nil, arguments, environ)
    close(ends[1])
    try #require(status == 0, "\(words[0]): \(String(cString: strerror(status)))")
    self.process = process
    output = ends[0]
  }

  /// Reads until `count` lines have come, or its end.
  func lines(_ count: Int) -> [String] {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    var found = 0
    while found < count, read(output, &byte, 1) == 1 {
      bytes.append(byte)
      if byte == 0x0A { found += 1 }
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { String($0) }
  }

  /// Kills it after `delay` in microseconds, and gives the lines that it wrote until then.
  func kill(after delay: UInt32) -> [String] {
    usleep(delay)
    Glibc.kill(process, SIGKILL)
    return end()
  }

  /// Waits for its end and gives the rest of its lines.
  func end() -> [String] {
    let rest = lines(.max)
    waitpid(process, nil, 0)
    close(output)
    return rest
  }
}
