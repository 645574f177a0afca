public import ACSTypes
import Glibc
import Services

/// The file of one account's history.
public struct HistoryFile: Hashable, Sendable {
  /// Where it is.
  public var path: String

  /// The file at `path`, wherever that is.
  public init(path: String) {
    self.path = path
  }

  /// The file of an account in a folder of such files; its name tells nothing of the account.
  ///
  /// - Parameters:
  ///   - folder: As ``standardFolder``; made when something is kept.
  ///   - endpoint: The service's, without a slash at its end, as it is configured.
  ///   - user: Who uses it.
  public init(folder: String, endpoint: String, user: CommunicationIdentifier) {
    let digest = Fingerprint(of: "\(endpoint.lowercased())\u{0}\(user.rawID)")
    path = "\(folder)/\(digest.text).history"
  }

  /// `$XDG_STATE_HOME/confab/history`, else below `~/.local/state`.
  public static var standardFolder: String {
    func variable(_ name: String) -> String? {
      guard let value = getenv(name), value.pointee != 0 else { return nil }
      return String(cString: value)
    }
    let state = variable("XDG_STATE_HOME") ?? "\(variable("HOME") ?? "")/.local/state"
    return "\(state)/confab/history"
  }

  /// Makes the folder and the file, to be used by their owner only, when they are absent; an existing file is closed
  /// to others.
  ///
  /// SQLite gives the files beside it the same mode.
  func prepare() throws(StoreError) {
    try makeFolder()
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard file >= 0 else { throw HistoryFile.failure(path) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw StoreError(.unusable, "\(path) is no ordinary file. Move it away.")
    }
    guard status.st_mode & 0o077 == 0 || fchmod(file, 0o600) == 0 else {
      throw HistoryFile.failure(path)
    }
  }

  private func makeFolder() throws(StoreError) {
    var made = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      made += made.isEmpty && part.isEmpty ? "/" : made.isEmpty || made == "/" ? part : "/\(part)"
      guard !part.isEmpty else { continue }
      guard mkdir(made, 0o700) == 0 || errno == EEXIST else { throw HistoryFile.failure(made) }
    }
  }

  static func failure(_ path: String) -> StoreError {
    StoreError(
      .unusable,
      "\(path) cannot be used: \(String(cString: strerror(errno))). Check the folder and the space left."
    )
  }
}
