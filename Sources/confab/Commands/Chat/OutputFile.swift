import ArgumentTable
import Glibc
import Synchronization

/// Where a large result goes, piece by piece: standard output, or a file that appears when it is whole.
///
/// Until then the file has no name, so that nothing is left of it however the program ends; on a file system without such
/// files it is called `….part` and a number.
final class OutputFile: Sendable {
  /// `nil` for standard output.
  let path: String?
  private let output: ChatOutput
  private let overwrites: Bool
  private let descriptor: Int32
  private let state: Mutex<State>

  private struct State {
    /// The name meanwhile, where there has to be one.
    var part: String?
    var count = 0
    var failure: CommandError?
  }

  /// A file called `path`, or standard output for `nil` and `-`.
  ///
  /// - Throws: ``CommandError`` with code 65 when it is there already and `overwrites` is false, and when it cannot be made.
  init(path: String?, overwrites: Bool, _ output: ChatOutput) throws(CommandError) {
    self.path = path == "-" ? nil : path
    self.output = output
    self.overwrites = overwrites
    guard let path = self.path else {
      descriptor = -1
      state = Mutex(State())
      return
    }
    try OutputFile.check(path, overwrites: overwrites)
    let part: String?
    (descriptor, part) = OutputFile.open(path)
    state = Mutex(State(part: part))
    guard descriptor >= 0 else { throw OutputFile.failure(path) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if let part = state.withLock({ $0.part }) { unlink(part) }
  }

  /// How many bytes were written.
  var count: Int { state.withLock { $0.count } }

  /// Why the last ``take(_:)`` was false.
  var failure: CommandError? { state.withLock { $0.failure } }

  /// Writes the next piece; false when that failed.
  func take(_ bytes: [UInt8]) -> Bool {
    do throws(CommandError) {
      try write(bytes)
      return true
    } catch {
      state.withLock { $0.failure = error }
      return false
    }
  }

  /// Writes the next piece.
  func write(_ bytes: [UInt8]) throws(CommandError) {
    state.withLock { $0.count += bytes.count }
    guard let path else { return output.pour(bytes) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw OutputFile.failure(path) }
      rest = rest.dropFirst(count)
    }
  }

  /// Gives the file its name; without it nothing is there.
  func finish() throws(CommandError) {
    guard let path else { return }
    guard fsync(descriptor) == 0, name(path) else {
      throw errno == EEXIST ? OutputFile.isThere(path) : OutputFile.failure(path)
    }
  }

  private func name(_ path: String) -> Bool {
    state.withLock { state in
      let now = state.part ?? "/proc/self/fd/\(descriptor)"
      // A link fails where something is; a rename takes its place.
      let name = overwrites ? OutputFile.part(path) : path
      if now != name {
        guard linkat(AT_FDCWD, now, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0 else { return false }
        if overwrites { state.part = name }
      }
      guard overwrites else { return true }
      guard rename(name, path) == 0 else { return false }
      state.part = nil
      return true
    }
  }

  /// What can be said before there is anything to write.
  private static func check(_ path: String, overwrites: Bool) throws(CommandError) {
    var found = stat()
    guard stat(path, &found) == 0 else {
      if errno != ENOENT { throw failure(path) }
      return
    }
    guard overwrites else { throw isThere(path) }
    // A device or a folder is not to be replaced by a file.
    guard found.st_mode & S_IFMT == S_IFREG else {
      throw CommandError(
        .badData, "\(path) is no file, and is not overwritten; --output names another.")
    }
  }

  /// A file without a name in the folder of `path`, else one with a name of its own.
  private static func open(_ path: String) -> (descriptor: Int32, part: String?) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    // The macro O_TMPFILE is not imported.
    let unnamed = Glibc.open(folder, 0o20_000_000 | O_DIRECTORY | O_WRONLY | O_CLOEXEC, 0o600)
    guard unnamed < 0, [EOPNOTSUPP, EISDIR, EINVAL].contains(errno) else { return (unnamed, nil) }
    let named = Glibc.open(
      part(path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    return (named, named < 0 ? nil : part(path))
  }

  private static func part(_ path: String) -> String { "\(path).part\(getpid())" }

  private static func isThere(_ path: String) -> CommandError {
    CommandError(
      .badData, "\(path) is there already; --force overwrites it, --output names another.")
  }

  private static func failure(_ path: String) -> CommandError {
    CommandError(.badData, "\(path) cannot be written: \(String(cString: strerror(errno)))")
  }
}
