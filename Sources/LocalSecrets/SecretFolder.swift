public import ACSTypes
import Glibc
public import Services

/// A folder of secrets, one file each, which only their owner can read.
public struct SecretFolder: SecretStore {
  private let path: String

  /// The folder at `path`; it is made when the first secret is kept.
  public init(_ path: String) {
    self.path = path
  }

  /// The folder of `name` below `$XDG_STATE_HOME/confab`, else below `~/.local/state/confab`.
  public static func standard(_ name: String) -> SecretFolder {
    func variable(_ name: String) -> String? {
      guard let value = getenv(name), value.pointee != 0 else { return nil }
      return String(cString: value)
    }
    let state = variable("XDG_STATE_HOME") ?? "\(variable("HOME") ?? "")/.local/state"
    return SecretFolder("\(state)/confab/\(name)")
  }

  /// The file's path.
  public func place(of name: String) -> String { "\(path)/\(name)" }

  /// Reads the file.
  public func read(_ name: String) throws -> Secret? {
    try SecretFile.read(place(of: name))
  }

  /// Writes a new file and puts it into the old one's place.
  public func write(_ secret: Secret, as name: String) throws {
    try makeFolder()
    let place = place(of: name)
    let temporary = "\(place).\(getpid()).new"
    unlink(temporary)
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw SecretFolder.failure(temporary) }
    var rest = Array("\(secret.reveal())\n".utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    // On the disk before it takes the old one's name: a power cut leaves one of the two, whole.
    let isWritten = rest.isEmpty && fsync(file) == 0
    let reason = errno
    close(file)
    guard isWritten, rename(temporary, place) == 0 else {
      errno = isWritten ? errno : reason
      let error = SecretFolder.failure(place)
      unlink(temporary)
      throw error
    }
  }

  /// Removes the file.
  public func remove(_ name: String) throws -> Bool {
    guard unlink(place(of: name)) == 0 else {
      if errno == ENOENT { return false }
      throw SecretFile.unusable(
        place(of: name), "cannot be removed: \(String(cString: strerror(errno)))")
    }
    return true
  }

  private func makeFolder() throws {
    var made = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      made += made.isEmpty && part.isEmpty ? "/" : made.isEmpty || made == "/" ? part : "/\(part)"
      guard !part.isEmpty else { continue }
      guard mkdir(made, 0o700) == 0 || errno == EEXIST else { throw SecretFolder.failure(made) }
    }
    // One made earlier by something else may be open to others.
    guard chmod(path, 0o700) == 0 else { throw SecretFolder.failure(path) }
  }

  private static func failure(_ path: String) -> ServiceError {
    SecretFile.unusable(path, "cannot be written: \(String(cString: strerror(errno)))")
  }
}
