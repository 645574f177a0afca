import Executor
import Glibc

/// Sees when files change: by their places, sizes and times, once a second.
///
/// Looking is dull but sees everything: files that are written in place, replaced, or links that lead elsewhere now, as
/// Kubernetes does with secrets, on every file system.
final class FileWatch: Sendable {
  private struct Mark: Equatable {
    var device: UInt64
    var number: UInt64
    var size: Int
    var seconds: Int
    var nanoseconds: Int

    /// `nil` when there is no file.
    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      device = UInt64(status.st_dev)
      number = UInt64(status.st_ino)
      size = Int(status.st_size)
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
    }
  }

  private let isStopping = Signal(false)
  private let files: @Sendable () -> [String]
  private let changed: @Sendable () -> Void

  /// A watch that calls `changed`, on a thread of its own, after any of `files` changed; which they are is asked again
  /// then.
  init(files: @escaping @Sendable () -> [String], changed: @escaping @Sendable () -> Void) {
    self.files = files
    self.changed = changed
  }

  func start() {
    let files = self.files()
    let marks = files.map { Mark($0) }
    PosixThread(name: "file watch") { self.run(files, marks) }.detach()
  }

  func stop() { isStopping.change { $0 = true } }

  private func run(_ files: [String], _ marks: [Mark?]) {
    var (files, known) = (files, marks)
    while isStopping.wait(upTo: .seconds(1), { $0 ? true : nil }) == nil {
      let now = files.map { Mark($0) }
      guard now != known else { continue }
      // What changes while it is read is read once more.
      known = now
      changed()
      let named = self.files()
      if named != files {
        files = named
        known = files.map { Mark($0) }
      }
    }
  }
}
