import ArgumentTable
import Glibc

/// A file that is read whole.
struct TextFile {
  /// What is in it.
  let text: String

  /// Reads the file at `path`; a leading `~/` is the home.
  ///
  /// - Parameters:
  ///   - path: Where it is.
  ///   - isSecret: Whether only its owner may be able to read it.
  /// - Throws: ``CommandError``.
  init(_ path: String, isSecret: Bool) throws(CommandError) {
    let path = TextFile.expanded(path)
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw TextFile.unreadable(path) }
    defer { close(file) }
    if isSecret { try TextFile.checkSecret(file, path) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count <= TextFile.limit {
      let count = read(file, &chunk, chunk.count)
      if count < 0 { throw TextFile.unreadable(path) }
      if count == 0 {
        text = String(decoding: bytes, as: UTF8.self)
        return
      }
      bytes += chunk[..<count]
    }
    throw CommandError(.configuration, "\(path) is larger than 16 MiB; is it the right file?")
  }

  /// The path with the home in place of a leading `~`.
  static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }

  private static let limit = 16 << 20

  /// Asked of the open file, so that it cannot be exchanged in between.
  private static func checkSecret(_ file: Int32, _ path: String) throws(CommandError) {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw unreadable(path) }
    guard status.st_mode & 0o077 == 0 else {
      throw CommandError(
        .notPermitted, "\(path) holds secrets and can be read by others; type: chmod 600 \(path)")
    }
  }

  private static func unreadable(_ path: String) -> CommandError {
    CommandError(.configuration, "\(path) cannot be read: \(String(cString: strerror(errno)))")
  }
}
