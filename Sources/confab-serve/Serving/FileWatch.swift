import Executor

/// Sees when files change, by their marks, once a second.
///
/// Looking is dull but sees everything.
final class FileWatch: Sendable {
  private let isStopping = Signal(false)
  private let files: @Sendable () -> [String]
  private let first: (files: [String], marks: [FileMark?])

  /// A watch over what `files` names, from now on.
  ///
  /// Make it before they are read for the first time, or a change in between is seen by nobody. Which they are is asked
  /// again after each change.
  init(files: @escaping @Sendable () -> [String]) {
    self.files = files
    let named = files()
    first = (named, named.map { FileMark($0) })
  }

  /// Calls `changed`, on a thread of its own, after any of them changed.
  func start(changed: @escaping @Sendable () -> Void) {
    PosixThread(name: "file watch") { self.run(changed) }.detach()
  }

  func stop() { isStopping.change { $0 = true } }

  private func run(_ changed: () -> Void) {
    var (files, known) = first
    while isStopping.wait(upTo: .seconds(1), { $0 ? true : nil }) == nil {
      let now = files.map { FileMark($0) }
      guard now != known else { continue }
      // What changes while it is read is read once more.
      known = now
      changed()
      let named = self.files()
      if named != files {
        files = named
        known = files.map { FileMark($0) }
      }
    }
  }
}
