import ACSTypes
import Emulator
import Executor
import Glibc
import ServerProgram

/// What is told of requests: remembered by the emulator, with `--verbose` a line for people on standard error, with
/// `--log` a line of JSON in a file.
struct RequestLog: Sendable {
  private let emulator: Emulator
  private let isVerbose: Bool
  private let isQuiet: Bool
  private let file: LogFile?
  private let clock = SystemClock()

  init(_ settings: Settings, emulator: Emulator) throws {
    self.emulator = emulator
    isVerbose = settings.isVerbose
    isQuiet = settings.isQuiet
    file = try settings.logFile.map { try LogFile($0) }
  }

  /// A moment from which the time of a request is measured.
  var start: ContinuousClock.Instant { .now }

  /// Tells what is worth knowing once.
  func warn(_ text: String) {
    if !isQuiet { StandardStreams.error("confab-emulator: \(text)") }
  }

  /// Tells what was asked, by whom, and what was answered.
  func write(
    _ request: HTTPRequest, _ response: HTTPResponse, caller: String? = nil,
    since start: ContinuousClock.Instant
  ) {
    let record = RequestRecord(
      request, response, caller: caller, time: clock.now, took: start.duration(to: .now))
    emulator.record(record)
    file?.append(record.line)
    if isVerbose { StandardStreams.error(record.text) }
  }
}

/// A file that lines are appended to, each in one write, so that several programs may share it.
private final class LogFile: Sendable {
  private let descriptor: Int32

  init(_ path: String) throws {
    guard path != "-" else {
      descriptor = STDOUT_FILENO
      return
    }
    descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw ServerProgramError(
        "--log \(path) cannot be opened: \(String(cString: strerror(errno))).")
    }
  }

  deinit { if descriptor != STDOUT_FILENO { close(descriptor) } }

  func append(_ line: String) {
    let bytes = Array("\(line)\n".utf8)
    _ = Glibc.write(descriptor, bytes, bytes.count)
  }
}
