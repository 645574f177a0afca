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
  private let first: (files: [String], marks: [Mark?])

  /// A watch over what `files` names, from now on.
  ///
  /// Make it before they are read for the first time, or a change in between is seen by nobody. Which they are is asked
  /// again after each change.
  init(files: @escaping @Sendable () -> [String]) {
    self.files = files
    let named = files()
    first = (named, named.map { Mark($0) })
  }

  /// Calls `changed`, on a thread of its own, after any of them changed.
  func start(changed: @escaping @Sendable () -> Void) {
    PosixThread(name: "file watch") { self.run(changed) }.detach()
  }

  func stop() { isStopping.change { $0 = true } }

  private func run(_ changed: () -> Void) {
    var (files, known) = first
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
