import Glibc

/// By what one sees that a file is another than before: its place, its size and its time.
///
/// That sees files that were written in place or replaced, and links that lead elsewhere now, as Kubernetes does with
/// secrets, on every file system.
public struct FileMark: Equatable, Sendable {
  private let device: UInt64
  private let number: UInt64
  private let size: Int
  private let seconds: Int
  private let nanoseconds: Int

  /// The mark of the file at `path`, behind all links; `nil` when there is none.
  public init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    number = UInt64(status.st_ino)
    size = Int(status.st_size)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
  }
}
