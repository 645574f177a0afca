import ACSTypes
import Glibc
import Services

/// A small file that says who used a configuration last, so that their history can be shown before anybody signs in.
struct AccountNote: Hashable {
  let path: String

  /// Whose id is noted; `nil` without a note, or with one that makes no sense.
  func read() -> CommunicationIdentifier? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(file, &bytes, bytes.count)
    guard count > 0, let text = String(validating: bytes[..<count], as: UTF8.self) else {
      return nil
    }
    let id = CommunicationIdentifier(rawID: String(text.prefix { !$0.isWhitespace }))
    return id.rawID.isEmpty ? nil : id
  }

  /// Puts a new note into the old one's place.
  func write(_ user: CommunicationIdentifier) throws(StoreError) {
    let temporary = "\(path).\(getpid()).new"
    unlink(temporary)
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw HistoryFile.failure(temporary) }
    let bytes = Array("\(user.rawID)\n".utf8)
    let count = Glibc.write(file, bytes, bytes.count)
    close(file)
    guard count == bytes.count, rename(temporary, path) == 0 else {
      unlink(temporary)
      throw HistoryFile.failure(path)
    }
  }
}
