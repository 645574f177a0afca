import Glibc
import ScriptKit

/// A folder for the files of one scene, gone with all in it by ``remove()``.
struct TemporaryFolder {
  let path: String

  init() throws(StageError) {
    let place = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(place)/confab-script-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw StageError("no folder can be made in \(place): \(String(cString: strerror(errno)))")
    }
    path = String(cString: made)
  }

  /// Makes a folder in it, with those above.
  func folder(_ name: String) -> String {
    var path = path
    for part in name.split(separator: "/") {
      path += "/\(part)"
      mkdir(path, 0o700)
    }
    return path
  }

  func remove() { TemporaryFolder.remove(path) }

  private static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      unlink(path)
      return
    }
    if let folder = opendir(path) {
      var names: [String] = []
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { names.append(name) }
      }
      closedir(folder)
      for name in names { remove("\(path)/\(name)") }
    }
    rmdir(path)
  }
}
