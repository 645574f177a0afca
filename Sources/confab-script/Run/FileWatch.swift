import Executor
import Glibc

/// Tells when one of some files is another than before.
struct FileWatch {
  private let paths: () -> [String]
  private var others: Set<String> = []
  private var before: [String: FileMark] = [:]

  /// A watch over the files that `paths` names each time that it is asked.
  init(_ paths: @escaping () -> [String]) {
    self.paths = paths
    before = stamps()
  }

  /// Watches some more.
  mutating func add(_ paths: [String]) {
    others.formUnion(paths)
    for (path, stamp) in stamps() where others.contains(path) && before[path] == nil {
      before[path] = stamp
    }
  }

  /// Waits until something changed, for ever if nothing does.
  mutating func wait() {
    while true {
      usleep(200_000)
      let now = stamps()
      guard now != before else { continue }
      before = now
      // Editors write a file in several steps.
      usleep(50_000)
      before = stamps()
      return
    }
  }

  private func stamps() -> [String: FileMark] {
    var stamps: [String: FileMark] = [:]
    for path in others.union(paths()) { stamps[path] = FileMark(path) }
    return stamps
  }
}
