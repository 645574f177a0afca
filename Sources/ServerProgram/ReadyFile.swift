import Glibc

/// The file that tells others that a server listens, and where.
public struct ReadyFile: Sendable {
  private let path: String

  /// Writes `text` to `path` in one stroke, readable by the owner alone.
  ///
  /// - Throws: ``ServerProgramError`` when it cannot be written.
  public init(path: String, text: String) throws(ServerProgramError) {
    self.path = path
    let temporary = "\(path).\(getpid())"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw ReadyFile.failure(temporary) }
    let bytes = Array("\(text)\n".utf8)
    let isWritten = write(file, bytes, bytes.count) == bytes.count
    close(file)
    guard isWritten, rename(temporary, path) == 0 else {
      let error = ReadyFile.failure(path)
      unlink(temporary)
      throw error
    }
  }

  /// Takes the file away, at a clean stop.
  public func remove() {
    unlink(path)
  }

  private static func failure(_ path: String) -> ServerProgramError {
    ServerProgramError("\(path) cannot be written: \(String(cString: strerror(errno)))")
  }
}
