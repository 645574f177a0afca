import Glibc
import Services

/// Holds a file for one process until it ends, however it ends.
final class FileLock: Sendable {
  private let file: Int32

  /// Takes the lock file at `path`, made when absent.
  ///
  /// - Throws: `StoreError` with code `.locked` when another process holds it.
  init(path: String) throws(StoreError) {
    file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw HistoryFile.failure(path) }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      let isHeld = errno == EWOULDBLOCK
      close(file)
      guard isHeld else { throw HistoryFile.failure(path) }
      throw StoreError(
        .locked, "Another confab is open for this user; leave it, or go on without a history.")
    }
  }

  deinit { close(file) }
}
