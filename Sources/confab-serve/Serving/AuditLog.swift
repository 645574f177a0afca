import ArgumentTable
import Glibc
import ServerProgram
import Synchronization
import TrustedService

/// Where the audit goes: a file of the owner's own, to whose end each entry is written in one stroke, or standard error
/// unless that is to be quiet.
final class AuditLog: Sendable {
  private let path: String?
  private let log: ServeLog
  /// The open file; standard error where there is none.
  private let descriptor: Mutex<Int32>

  /// An audit in the file at `path`, made when absent, or on standard error for `nil`.
  ///
  /// - Throws: ``CommandError`` when the file cannot be written.
  init(path: String?, log: ServeLog) throws(CommandError) {
    self.path = path
    self.log = log
    descriptor = Mutex(try path.map(AuditLog.opened) ?? STDERR_FILENO)
  }

  deinit {
    if path != nil { close(descriptor.withLock { $0 }) }
  }

  /// Adds an entry; trouble with it is told in the log, for the token is on record in the store anyhow.
  func write(_ entry: AuditEntry) {
    guard path != nil || log.level >= .requests else { return }
    let bytes = Array("\(entry.line)\n".utf8)
    let isWritten = descriptor.withLock { Glibc.write($0, bytes, bytes.count) == bytes.count }
    guard !isWritten, let path else { return }
    log.trouble("audit", "\(path) cannot be written: \(String(cString: strerror(errno)))")
  }

  /// Opens the file anew, for it may have been moved away to begin a new one.
  func reopen() {
    guard let path else { return }
    do throws(CommandError) {
      let new = try AuditLog.opened(path)
      let old = descriptor.withLock { descriptor in
        defer { descriptor = new }
        return descriptor
      }
      close(old)
    } catch {
      log.trouble("audit", "The audit goes on as it was. \(error.message)")
    }
  }

  private static func opened(_ path: String) throws(CommandError) -> Int32 {
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw CommandError(
        .configuration,
        "The audit log \(path) cannot be written: \(String(cString: strerror(errno)))")
    }
    return file
  }
}
