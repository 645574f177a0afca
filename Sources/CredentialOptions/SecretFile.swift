public import ACSTypes
import Glibc
public import ServiceAuth

/// A file with one secret, which only its owner may read.
public struct SecretFile: Sendable {
  /// The file's text without blanks around it.
  public let text: Secret

  /// Reads the file at `path`.
  ///
  /// - Throws: `ServiceAuthError` with code `.unusableFile` when it cannot be read or is empty, `.exposedFile` when
  ///   others could read it, too.
  public init(_ path: String) throws(ServiceAuthError) {
    try self.init(path, mayBeShared: false)
  }

  /// Reads a file that others may read, too, where whoever put it there wants that.
  init(_ path: String, mayBeShared: Bool) throws(ServiceAuthError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw SecretFile.unreadable(path) }
    defer { close(file) }
    var status = stat()
    // Asked of the open file, so that it cannot be exchanged in between.
    guard fstat(file, &status) == 0 else { throw SecretFile.unreadable(path) }
    guard mayBeShared || status.st_mode & 0o077 == 0 else {
      throw ServiceAuthError(
        .exposedFile, "\(path) holds a secret and can be read by others; type: chmod 600 \(path)")
    }
    var bytes = [UInt8](repeating: 0, count: 16 << 10)
    let count = read(file, &bytes, bytes.count)
    guard count >= 0 else { throw SecretFile.unreadable(path) }
    guard count < bytes.count else {
      throw ServiceAuthError(.unusableFile, "\(path) is too large to hold one secret.")
    }
    let text = String(decoding: bytes[..<count], as: UTF8.self)
    let start = text.drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else {
      throw ServiceAuthError(.unusableFile, "\(path) is empty; it should hold a secret.")
    }
    self.text = Secret(String(start[...last]))
  }

  private static func unreadable(_ path: String) -> ServiceAuthError {
    ServiceAuthError(
      .unusableFile, "\(path) cannot be read: \(String(cString: strerror(errno)))")
  }
}
