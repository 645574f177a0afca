import Glibc
public import Services

/// A folder for the files of one world, in memory where the system offers that; gone with ``remove()``.
public struct ScratchFolder: Sendable {
  /// Where it is.
  public let path: String

  /// Makes one, for its owner alone.
  ///
  /// - Throws: `StoreError` when there is no place for it.
  public init() throws(StoreError) {
    let places = ["/dev/shm", getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"]
    for place in places where access(place, W_OK) == 0 {
      var template = Array("\(place)/confab-world-XXXXXX".utf8CString)
      if let made = mkdtemp(&template) {
        path = String(cString: made)
        return
      }
    }
    throw StoreError(.unusable, "No folder can be made in \(places.joined(separator: " or ")).")
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
    guard let folder = opendir(path) else { return }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    closedir(folder)
    for name in names.map({ "\(path)/\($0)" }) where unlink(name) != 0 { remove(name) }
    rmdir(path)
  }
}
