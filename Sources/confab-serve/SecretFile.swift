import ACSTypes
import ArgumentTable
import Glibc

/// Why a secret cannot be had.
struct SecretError: Error {
  /// How the program ends for it.
  let exitCode: ExitCode
  /// What is wrong and what to do.
  let message: String

  init(_ exitCode: ExitCode, _ message: String) {
    self.exitCode = exitCode
    self.message = message
  }
}

/// A file with one secret, which only its owner may read.
struct SecretFile {
  /// The file's text without blanks around it.
  let text: Secret

  /// Reads the file at `path`.
  ///
  /// - Throws: ``SecretError`` when it cannot be read, or when others could.
  init(_ path: String) throws(SecretError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw SecretError(
        .configuration, "\(path) cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { close(file) }
    var status = stat()
    // Asked of the open file, so that it cannot be exchanged in between.
    guard fstat(file, &status) == 0, status.st_mode & 0o077 == 0 else {
      throw SecretError(
        .notPermitted, "\(path) holds a secret and can be read by others; type: chmod 600 \(path)")
    }
    var bytes = [UInt8](repeating: 0, count: 16 << 10)
    let count = read(file, &bytes, bytes.count)
    guard count > 0 else { throw SecretError(.configuration, "\(path) is empty") }
    let text = String(decoding: bytes[..<count], as: UTF8.self)
    let start = text.drop { $0.isWhitespace }
    let end = start.lastIndex { !$0.isWhitespace }.map { start.index(after: $0) }
    self.text = Secret(String(start[..<(end ?? start.startIndex)]))
  }
}
