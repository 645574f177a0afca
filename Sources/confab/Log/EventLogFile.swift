import ACSTypes
import ClientModel
import ClientRuntime
import EventLog
import Glibc

/// The file of `--record`: each line is with the system before the event has its effect, so that a killed client loses at
/// most the line that it was writing.
struct EventLogFile: OccurrenceRecorder {
  private let path: String
  private let descriptor: Int32
  private var writer: EventLogWriter
  /// The bytes of all whole lines.
  private var length = 0

  /// Makes the file, readable by its owner alone, and writes the first line.
  ///
  /// - Throws: `ServiceError` with code `.storeFailed` when that fails, or when the file holds something and `isForced`
  ///   does not hold.
  init(
    path: String, redaction: Redaction, isForced: Bool, state: ClientState
  ) throws(ServiceError) {
    self.path = path
    writer = EventLogWriter(redaction: redaction, home: getenv("HOME").map { String(cString: $0) })
    // A pipe that nobody reads would keep the client from starting.
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else {
      throw Self.error(
        errno == ENXIO ? "\(path) is no file" : "\(path) cannot be written: \(Self.reason)")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw Self.error("\(path) is no file")
    }
    guard status.st_size == 0 || isForced else {
      close(descriptor)
      throw Self.error("\(path) is not empty; name another file, or add --force to write over it")
    }
    guard fchmod(descriptor, 0o600) == 0, ftruncate(descriptor, 0) == 0 else {
      defer { close(descriptor) }
      throw Self.error("\(path) cannot be written: \(Self.reason)")
    }
    // A limit on the size of files is a full disk like any other, and no reason to die.
    signal(SIGXFSZ, SIG_IGN)
    if let error = append(writer.header(state, program: Program.version)) { throw error }
  }

  mutating func record(_ occurrence: Occurrence, in state: ClientState) -> ServiceError? {
    append(writer.line(occurrence, in: state))
  }

  /// Writes a whole line or none, and closes the file in that case.
  private mutating func append(_ line: [UInt8]) -> ServiceError? {
    var rest = line[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let error = Self.error("Recording ended, \(Self.reason): \(path)")
        ftruncate(descriptor, length)
        close(descriptor)
        return error
      }
      rest = rest.dropFirst(count)
    }
    length += line.count
    return nil
  }

  private static var reason: String { String(cString: strerror(errno)) }

  private static func error(_ message: String) -> ServiceError {
    ServiceError(.storeFailed, message)
  }
}
