import FoundationEssentials
import LocalStore

/// A folder for one test, with a history's file in it; it goes with its owner.
final class HistoryFolder {
  let path = FileManager.default.temporaryDirectory
    .appending(path: "confab-history-\(UInt64.random(in: 0...UInt64.max))").path()

  var file: HistoryFile { HistoryFile(path: "\(path)/a.history") }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The bytes of the file and of those that SQLite keeps beside it.
  func bytes() -> [[UInt8]] {
    ["", "-wal", "-shm"].compactMap {
      FileManager.default.contents(atPath: file.path + $0).map { [UInt8]($0) }
    }
  }

  /// True when some file holds `text`.
  func holds(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    return bytes().contains { bytes in
      bytes.indices.contains { start in
        bytes[start] == wanted[0] && bytes[start...].starts(with: wanted)
      }
    }
  }
}
