import Glibc
public import Services
import Synchronization

/// The file in which SQLite notes what it commits, for who brings it to the disk by themselves.
///
/// What was committed before ``sync()`` began is on the disk when that returns, whatever the connection does meanwhile.
public final class WriteAheadLog: Sendable {
  private let place: String
  private let descriptor: Int32
  private let hasFailed = Mutex(false)

  /// The log of the open database at `path`.
  init(of path: String) throws(StoreError) {
    place = "\(path)-wal"
    descriptor = open(place, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw StoreError(
        .unusable, "\(place) cannot be opened: \(String(cString: strerror(errno))).")
    }
  }

  deinit {
    close(descriptor)
  }

  /// Waits until the disk has all that was committed.
  ///
  /// - Throws: `StoreError`; and from then on always, for the system forgets what it could not write.
  public func sync() throws(StoreError) {
    let isLost = hasFailed.withLock { hasFailed in
      while !hasFailed, fdatasync(descriptor) != 0 { hasFailed = errno != EINTR }
      return hasFailed
    }
    guard !isLost else {
      throw StoreError(
        .unusable, "\(place) could not be brought to the disk. Check the disk, then start again.")
    }
  }
}
