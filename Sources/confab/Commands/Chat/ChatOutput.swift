import ACSWire
import ArgumentTable
import ClientRuntime
import Executor
import Glibc

/// What the chat commands print: results to standard output, everything else to standard error.
///
/// Nothing that somebody wrote steers a terminal: see ``SafeText``. A reader that leaves early ends the program as
/// SIGPIPE would.
struct ChatOutput: Sendable {
  /// Where a line goes.
  enum Stream: Hashable, Sendable {
    case output
    case error
  }

  /// True when results are JSON.
  let isJSON: Bool
  private let isQuiet: Bool
  private let write: @Sendable (Stream, [UInt8]) -> Void

  init(
    isJSON: Bool, isQuiet: Bool,
    write: @escaping @Sendable (Stream, [UInt8]) -> Void = ChatOutput.toStandardStreams
  ) {
    self.isJSON = isJSON
    self.isQuiet = isQuiet
    self.write = write
  }

  /// Lines for people; their texts are safe already.
  func say(_ lines: [String]) {
    if !lines.isEmpty { write(.output, Array("\(lines.joined(separator: "\n"))\n".utf8)) }
  }

  /// An object for programs, on a line of its own.
  func say(_ object: JSONObject) {
    write(.output, Array("\(SafeText.json(.object(object)))\n".utf8))
  }

  /// Text or bytes that are the result as they are.
  func pour(_ bytes: [UInt8]) {
    write(.output, bytes)
  }

  /// Something worth knowing that is no result; nothing with `--quiet`.
  func mention(_ line: String) {
    if !isQuiet { complain(line) }
  }

  /// That a request has to wait.
  func mention(_ wait: RequestWait) {
    mention(
      wait.isAsked
        ? "confab: the service asks to wait \(wait.seconds) s (\(wait.subject)); going on then."
        : "confab: going on in \(wait.seconds) s (\(wait.subject)): the service takes only so many requests a minute."
    )
  }

  /// Something that went wrong.
  func complain(_ text: String) {
    write(.error, Array("\(SafeText.lines(text).joined(separator: "\n"))\n".utf8))
  }

  private static let toStandardStreams: @Sendable (Stream, [UInt8]) -> Void = { stream, bytes in
    let descriptor = stream == .output ? STDOUT_FILENO : STDERR_FILENO
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        // Somebody who shares the pipe made it so.
        var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&room, 1, -1)
        continue
      }
      guard count > 0 else {
        if stream == .output { endAsUnwritten() }
        return
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Ends the program once nobody reads standard output any more; for commands that may have nothing to write for long.
  static func endWithReader() {
    PosixThread(name: "reader") {
      var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
      while poll(&output, 1, -1) < 0, errno == EINTR {}
      if output.revents & Int16(POLLERR) != 0 { ProgramEnd.leave(by: SIGPIPE) }
    }.detach()
  }

  private static func endAsUnwritten() -> Never {
    if errno == EPIPE { ProgramEnd.leave(by: SIGPIPE) }
    let reason = String(cString: strerror(errno))
    toStandardStreams(.error, Array("confab: standard output cannot be written: \(reason)\n".utf8))
    _exit(ExitCode.badData.rawValue)
  }
}
