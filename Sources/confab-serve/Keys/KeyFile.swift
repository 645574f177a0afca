import ACSWire
import ArgumentTable
import Glibc
import TrustedService

/// The file of API keys: salts and hashes, for its owner only.
struct KeyFile {
  let path: String

  init(_ path: String) {
    self.path = TextFile.expanded(path)
  }

  /// The keys; none when there is no file.
  ///
  /// - Throws: ``CommandError`` when the file cannot be read, others could read it, or it is damaged.
  func read() throws(CommandError) -> CallerKeyRing {
    guard access(path, F_OK) == 0 else { return CallerKeyRing() }
    let text = try TextFile(path, isSecret: true).text
    do {
      return try CallerKeyRing(JSONValue.parse(Array(text.utf8)))
    } catch let damage as CallerKeyRing.Damage {
      throw CommandError(.configuration, "\(path) is no file of keys: \(damage.message)")
    } catch {
      throw CommandError(.configuration, "\(path) is no file of keys: it is no JSON")
    }
  }

  /// Changes the keys in one stroke, while no other program does; a serving one notices.
  func change<Result>(
    _ body: (inout CallerKeyRing) throws(CommandError) -> Result
  ) throws(CommandError) -> Result {
    try makeFolder()
    let lock = open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0, flock(lock, LOCK_EX) == 0 else { throw failure("\(path).lock") }
    defer { close(lock) }
    var ring = try read()
    let result = try body(&ring)
    try write(ring)
    return result
  }

  private func write(_ ring: CallerKeyRing) throws(CommandError) {
    let temporary = "\(path).\(getpid())"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure(temporary) }
    let bytes = ring.json.bytes + [UInt8(ascii: "\n")]
    let isWritten = Glibc.write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
    close(file)
    guard isWritten, rename(temporary, path) == 0 else {
      let error = failure(path)
      unlink(temporary)
      throw error
    }
  }

  private func makeFolder() throws(CommandError) {
    var made = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      made +=
        part.isEmpty && made.isEmpty ? "/" : made.hasSuffix("/") || made.isEmpty ? part : "/\(part)"
      guard !part.isEmpty else { continue }
      guard mkdir(made, 0o700) == 0 || errno == EEXIST else { throw failure(made) }
    }
  }

  private func failure(_ place: String) -> CommandError {
    CommandError(.configuration, "\(place) cannot be written: \(String(cString: strerror(errno)))")
  }
}
