import Glibc
public import Services

/// A folder for the files of one world, in memory where the system offers that; gone with ``remove()``.
///
/// A process that was killed leaves its folders, which the next one removes: a folder is locked while it is in use.
public final class ScratchFolder: Sendable {
  /// Where it is.
  public let path: String
  /// Holds the lock.
  private let descriptor: Int32

  /// Makes one, for its owner alone; the first of a process removes what killed ones left.
  ///
  /// - Throws: `StoreError` when there is no place for it.
  public init() throws(StoreError) {
    _ = ScratchFolder.abandonedAreGone
    let places = ScratchFolder.places
    for place in places where access(place, W_OK) == 0 {
      var template = Array("\(place)/\(ScratchFolder.prefix)XXXXXX".utf8CString)
      if let made = mkdtemp(&template) {
        path = String(cString: made)
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        _ = flock(descriptor, LOCK_EX | LOCK_NB)
        return
      }
    }
    throw StoreError(.unusable, "No folder can be made in \(places.joined(separator: " or ")).")
  }

  private static var places: [String] {
    ["/dev/shm", getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"]
  }

  deinit { close(descriptor) }

  private static let anyPrefix = "confab-world-"
  /// How the names of this process's folders begin.
  private static var prefix: String { "\(anyPrefix)\(getpid())-" }

  private static let abandonedAreGone: Void = removeAbandoned()

  /// Removes the folders that nobody holds, and that are old enough for somebody to have taken the lock.
  private static func removeAbandoned() {
    for path in paths(beginningWith: anyPrefix) {
      let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_uid == geteuid(),
        time(nil) - status.st_mtim.tv_sec > 60, flock(descriptor, LOCK_EX | LOCK_NB) == 0
      else { continue }
      remove(path)
    }
  }

  /// Removes all folders of this process, which is about to end before its worlds do.
  public static func removeAll() {
    // Worlds that still go on may write into one while it is emptied; in one that is gone they cannot.
    for _ in 0..<100 {
      let paths = paths(beginningWith: prefix)
      if paths.isEmpty { return }
      for path in paths { remove(path) }
    }
  }

  /// Makes a folder in it, with those above.
  ///
  /// - Parameter name: A path within it: `home/Alice`.
  /// - Returns: The folder's path.
  public func folder(_ name: String) -> String {
    var path = path
    for part in name.split(separator: "/") {
      path += "/\(part)"
      mkdir(path, 0o700)
    }
    return path
  }

  /// Removes it with all that is in it.
  public func remove() { ScratchFolder.remove(path) }

  private static func remove(_ path: String) {
    for name in names(in: path).map({ "\(path)/\($0)" }) where unlink(name) != 0 { remove(name) }
    rmdir(path)
  }

  private static func paths(beginningWith prefix: String) -> [String] {
    places.flatMap { place in
      names(in: place).filter { $0.hasPrefix(prefix) }.map { "\(place)/\($0)" }
    }
  }

  private static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
