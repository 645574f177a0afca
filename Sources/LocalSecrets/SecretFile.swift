import ACSTypes
import Glibc

/// A file with one secret, which only its owner may read.
enum SecretFile {
  /// The longest secret that is read.
  static let limit = 64 << 10

  /// The file's text without blanks around it; `nil` when there is no such file.
  ///
  /// - Throws: `ServiceError` with code `.badSettings` when it cannot be read, when others could read it, when it is no
  ///   ordinary file, is empty or too long.
  static func read(_ path: String) throws(ServiceError) -> Secret? {
    // Without O_NONBLOCK, a pipe under that name would hold us up for ever.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw unusable(path, "cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { close(file) }
    var status = stat()
    // Asked of the open file, so that it cannot be exchanged in between.
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw unusable(path, "is no ordinary file")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw unusable(path, "holds a secret and can be read by others; type: chmod 600 \(path)")
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 << 10)
    while bytes.count <= limit {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw unusable(path, "cannot be read: \(String(cString: strerror(errno)))")
      }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    guard bytes.count <= limit, let text = String(validating: bytes, as: UTF8.self) else {
      throw unusable(path, "is too long for a secret, or no text")
    }
    let start = text.drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else {
      throw unusable(path, "is empty; it should hold a secret")
    }
    return Secret(String(start[...last]))
  }

  static func unusable(_ path: String, _ why: String) -> ServiceError {
    ServiceError(.badSettings, "The file \(path) \(why).")
  }
}
