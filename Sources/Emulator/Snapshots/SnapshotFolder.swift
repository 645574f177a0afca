import ACSTypes
import Glibc
import Services

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Where copies of the whole state are kept, a file each.
///
/// They hold what the store holds, keys included, so only their owner can read them.
struct SnapshotFolder: Sendable {
  private static let suffix = ".sqlite"

  /// Its path; the folder is made when the first snapshot is.
  let path: String

  /// The names there are, in their order, with the time of each.
  var all: [(name: String, savedOn: Timestamp)] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return files.sorted().compactMap { file in
      guard file.hasSuffix(SnapshotFolder.suffix), !file.hasPrefix(".") else { return nil }
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(file)")
      let date = attributes?[.modificationDate] as? Date ?? Date(timeIntervalSince1970: 0)
      return (
        String(file.dropLast(SnapshotFolder.suffix.count)),
        Timestamp(milliseconds: Int64(date.timeIntervalSince1970 * 1000))
      )
    }
  }

  /// Saves `store` under a name; an older snapshot of that name is replaced at once or not at all.
  func save(_ store: Store, as name: String) throws {
    let target = try file(name)
    let draft = "\(path)/.\(name).draft"
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try? FileManager.default.removeItem(atPath: draft)
      // The file has to be its owner's only before anything stands in it.
      guard
        FileManager.default.createFile(
          atPath: draft, contents: nil, attributes: [.posixPermissions: 0o600])
      else { throw StoreError(.unusable, "\(draft) cannot be made.") }
      try store.copy(to: draft)
      guard rename(draft, target) == 0 else {
        throw StoreError(.unusable, "\(target) cannot be made.")
      }
    } catch {
      try? FileManager.default.removeItem(atPath: draft)
      throw error
    }
  }

  /// Opens a copy of a snapshot, which is as new as the program when this returns; the snapshot stays as it is.
  func load<Result>(_ name: String, _ body: (Store) throws -> Result) throws -> Result {
    let source = try existing(name)
    let draft = "\(path)/.\(name).loading"
    func clear() {
      for suffix in ["", "-wal", "-shm", "-journal"] {
        try? FileManager.default.removeItem(atPath: draft + suffix)
      }
    }
    clear()
    defer { clear() }
    do {
      try FileManager.default.copyItem(atPath: source, toPath: draft)
      return try body(try Store(path: draft))
    } catch let error as StoreError {
      // It is the snapshot that is damaged or newer, not the copy of it.
      throw Refusal(
        409, "SnapshotUnusable", "The snapshot cannot be used.",
        why: error.message.replacing(draft, with: source))
    }
  }

  /// Deletes a snapshot.
  func delete(_ name: String) throws {
    try FileManager.default.removeItem(atPath: try existing(name))
  }

  private func existing(_ name: String) throws(Refusal) -> String {
    let file = try file(name)
    guard FileManager.default.fileExists(atPath: file) else {
      let names = all.map(\.name).joined(separator: ", ")
      throw Refusal(
        404, "NotFound", "There is no snapshot \(name).",
        why: names.isEmpty
          ? "There is no snapshot yet; confab emulator save NAME makes one."
          : "There is no snapshot \(name); there are \(names).")
    }
    return file
  }

  private func file(_ name: String) throws(Refusal) -> String {
    let isGood = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."):
        true
      default: false
      }
    }
    guard isGood, 1...64 ~= name.utf8.count, !name.hasPrefix(".") else {
      throw Refusal(
        400, "BadRequest",
        "A snapshot's name should be up to 64 letters, digits, '-', '_' and '.', and not begin "
          + "with '.'.", target: "name")
    }
    return "\(path)/\(name)\(SnapshotFolder.suffix)"
  }
}
