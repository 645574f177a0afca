import Glibc

/// Tells when one of some files is another than before.
struct FileWatch {
  private let paths: () -> [String]
  private var others: Set<String> = []
  private var before: [String: [Int]] = [:]

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

  private func stamps() -> [String: [Int]] {
    var stamps: [String: [Int]] = [:]
    for path in others.union(paths()) {
      var status = stat()
      guard stat(path, &status) == 0 else { continue }
      stamps[path] = [
        Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec), Int(status.st_size),
        Int(status.st_ino),
      ]
    }
    return stamps
  }
}
