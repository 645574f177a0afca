import ArgumentTable
import Glibc

/// Remembers on disk which identities this machine made, so that one whose program was killed is not forgotten.
///
/// A line is on the disk before the identity is used. Identities are no secrets, and yet nobody else's business: the
/// file is its owner's alone. Several programs may write at the same time; a lock beside the file keeps them apart.
struct IdentityJournal: Sendable {
  let path: String

  /// `$XDG_STATE_HOME/confab/identities.jsonl`, else below `~/.local/state`.
  static var standardPath: String {
    func variable(_ name: String) -> String? {
      guard let value = getenv(name), value.pointee != 0 else { return nil }
      return String(cString: value)
    }
    let home = variable("XDG_STATE_HOME") ?? "\(variable("HOME") ?? "")/.local/state"
    return "\(home)/confab/identities.jsonl"
  }

  /// Makes sure that the journal can be written, before there is anything to write.
  func check() throws(CommandError) {
    try locked { () throws(CommandError) in _ = close(try opened(O_WRONLY | O_APPEND)) }
  }

  /// Writes a line; it is on the disk when this returns.
  func append(_ entry: JournalEntry) throws(CommandError) {
    try locked { () throws(CommandError) in
      let file = try opened(O_RDWR | O_APPEND)
      defer { close(file) }
      // A line that was cut off when the computer stopped must not spoil this one.
      var last: UInt8 = 0x0A
      let end = lseek(file, 0, SEEK_END)
      if end > 0 { _ = pread(file, &last, 1, end - 1) }
      try write((last == 0x0A ? "" : "\n") + entry.line + "\n", to: file)
    }
  }

  /// The identities that may still be there, oldest first; none without a journal.
  func remaining() throws(CommandError) -> [MadeIdentity] {
    guard access(path, F_OK) == 0 else { return [] }
    return MadeIdentity.remaining(after: try locked { () throws(CommandError) in try entries() })
  }

  /// Drops the lines of identities that are gone, in one stroke.
  func tidy() throws(CommandError) {
    try locked { () throws(CommandError) in
      let kept = MadeIdentity.remaining(after: try entries())
        .map { "\(JournalEntry.made($0).line)\n" }.joined()
      let temporary = "\(path).\(getpid())"
      let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
      guard file >= 0 else { throw failure(temporary) }
      defer { close(file) }
      do throws(CommandError) {
        try write(kept, to: file)
        guard rename(temporary, path) == 0 else { throw failure(path) }
      } catch {
        unlink(temporary)
        throw error
      }
    }
  }

  private func entries() throws(CommandError) -> [JournalEntry] {
    let file = try opened(O_RDONLY)
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &buffer, buffer.count)
      guard count >= 0 else { throw failure(path) }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap {
      JournalEntry(line: $0)
    }
  }

  private func opened(_ flags: Int32) throws(CommandError) -> Int32 {
    let file = open(path, flags | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure(path) }
    return file
  }

  private func write(_ text: String, to file: Int32) throws(CommandError) {
    let bytes = Array(text.utf8)
    guard Glibc.write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else {
      throw failure(path)
    }
  }

  private func locked<Result>(
    _ body: () throws(CommandError) -> Result
  ) throws(CommandError) -> Result {
    try makeFolder()
    let lock = open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw failure("\(path).lock") }
    defer { close(lock) }
    while flock(lock, LOCK_EX) != 0 {
      guard errno == EINTR else { throw failure("\(path).lock") }
    }
    return try body()
  }

  private func makeFolder() throws(CommandError) {
    var made = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/").dropLast() {
      made += "/\(part)"
      guard mkdir(made, 0o700) == 0 || errno == EEXIST else { throw failure(made) }
    }
  }

  private func failure(_ path: String) -> CommandError {
    CommandError(
      .configuration,
      "\(path) cannot be used to remember identities: \(String(cString: strerror(errno))). Mend "
        + "that, or name another folder by XDG_STATE_HOME.")
  }
}
