import Glibc
import Services

/// What whoever had the file last left beside it.
struct Leftovers {
  /// False when a log of changes is there: the program was killed, or another one has the file open.
  let endedCleanly: Bool

  /// - Throws: `StoreError` for a file without a byte beside a log with some: SQLite would take it for a new one and
  ///   delete the log.
  init(beside path: String) throws(StoreError) {
    let logSize = Leftovers.size("\(path)-wal") ?? 0
    endedCleanly = logSize == 0
    guard endedCleanly || Leftovers.size(path) != 0 else {
      throw StoreError(
        .damaged,
        "\(path) is empty, but \(path)-wal has changes of it. Both were left as they are; move "
          + "them away, or restore the file.")
    }
  }

  /// `nil` when there is no such file.
  private static func size(_ path: String) -> Int64? {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : nil
  }
}

extension SQLiteConnection {
  /// Files up to this size are always looked through: about 0.7 s for each 100 MiB, 4 s at most.
  static let checkedSize: Int64 = 512 << 20

  /// Larger files are looked through only after an end that was not clean; of others, damage shows where it is read.
  static func looksThrough(bytes: Int64, endedCleanly: Bool) -> Bool {
    bytes <= checkedSize || !endedCleanly
  }

  /// Makes sure that the file is whole, and changes nothing.
  func checkPages(_ leftovers: Leftovers) throws(StoreError) {
    let pages = try run("PRAGMA page_count").first?.integer(0) ?? 0
    let size = try run("PRAGMA page_size").first?.integer(0) ?? 0
    guard
      SQLiteConnection.looksThrough(bytes: pages * size, endedCleanly: leftovers.endedCleanly),
      let finding = try run("PRAGMA quick_check(1)").first?.text(0), finding != "ok"
    else { return }
    throw StoreError(
      .damaged,
      "\(place) is damaged: \(finding). It was left as it is; move it away, or restore it.")
  }
}
