import Glibc

/// A server's folder, for its owner only, held by one process at a time.
public struct DataFolder: ~Copyable {
  /// Where it is.
  public let path: String
  private let lock: Int32

  /// Makes the folder when it is absent and takes it until the value's end or the process's.
  ///
  /// - Throws: ``ServerProgramError`` when it cannot be made, or another process holds it.
  public init(_ path: String) throws(ServerProgramError) {
    try DataFolder.make(path)
    lock = try DataFolder.locked(path)
    self.path = path
  }

  deinit {
    close(lock)
  }

  /// The folder of `name` below `$XDG_DATA_HOME/confab`, else below `~/.local/share/confab`.
  public static func standard(_ name: String) -> String {
    func variable(_ name: String) -> String? {
      guard let value = getenv(name), value.pointee != 0 else { return nil }
      return String(cString: value)
    }
    let home = variable("XDG_DATA_HOME") ?? "\(variable("HOME") ?? "")/.local/share"
    return "\(home)/confab/\(name)"
  }

  private static func locked(_ path: String) throws(ServerProgramError) -> Int32 {
    let file = "\(path)/lock"
    let lock = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else {
      throw ServerProgramError("\(file) cannot be opened: \(String(cString: strerror(errno)))")
    }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      throw ServerProgramError(
        "\(path) is in use by another process; stop it, or name another folder with --data.")
    }
    return lock
  }

  private static func make(_ path: String) throws(ServerProgramError) {
    var made = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      made += made.isEmpty && part.isEmpty ? "/" : made.isEmpty || made == "/" ? part : "/\(part)"
      guard !part.isEmpty else { continue }
      guard mkdir(made, 0o700) == 0 || errno == EEXIST else {
        throw ServerProgramError("\(made) cannot be made: \(String(cString: strerror(errno)))")
      }
    }
  }
}
