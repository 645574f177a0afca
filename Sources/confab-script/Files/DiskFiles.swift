import Glibc

/// Files of the disk.
enum DiskFiles {
  /// The largest file that is read: no script and no snapshot is as long.
  private static let limit = 64 << 20

  /// All bytes of a file; `nil` when it cannot be read, and for what is no file.
  static func read(_ path: String) -> [UInt8]? { read(path, from: 0) }

  /// The same of a file alone: nobody waits for what writes into a pipe.
  static func readFile(_ path: String) -> [UInt8]? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return read(path)
  }

  /// All bytes of a file from a place on; `nil` when it cannot be read, and for what is no file.
  static func read(_ path: String, from start: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else { return nil }
    lseek(file, start, SEEK_SET)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
    return nil
  }

  /// Writes what a person asked for by name: a link is followed, and what is no file, such as a pipe, is written into.
  ///
  /// - Returns: False when it cannot be written.
  static func write(toNamed path: String, _ bytes: [UInt8]) -> Bool {
    var status = stat()
    let isThere = stat(path, &status) == 0
    if isThere, status.st_mode & S_IFMT != S_IFREG {
      let file = open(path, O_WRONLY | O_CLOEXEC)
      guard file >= 0 else { return false }
      defer { close(file) }
      return writeAll(bytes, to: file)
    }
    guard isThere, let whole = realpath(path, nil) else { return write(path, bytes) }
    defer { free(whole) }
    return write(String(cString: whole), bytes, mode: status.st_mode & 0o777)
  }

  /// Writes a file whole or not at all, and the folder that it is in; gives false when that cannot be.
  static func write(_ path: String, _ bytes: [UInt8]) -> Bool { write(path, bytes, mode: 0o644) }

  /// The same, with the file's mode.
  static func write(_ path: String, _ bytes: [UInt8], mode: mode_t) -> Bool {
    makeFolder(of: path)
    let draft = "\(path).\(getpid())~"
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard file >= 0 else { return false }
    let isWhole = writeAll(bytes, to: file)
    guard close(file) == 0, isWhole, rename(draft, path) == 0 else {
      unlink(draft)
      return false
    }
    return true
  }

  private static func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func makeFolder(of path: String) {
    var end = path.startIndex
    while let slash = path[end...].dropFirst().firstIndex(of: "/") {
      mkdir(String(path[..<slash]), 0o755)
      end = slash
    }
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// What there is at a path.
  enum Kind {
    /// A file, by a link, too.
    case file
    case folder
    /// A link to a folder, which may lead around in a circle.
    case linkedFolder
    /// A pipe, a link to nowhere, and the like.
    case other
  }

  static func kind(of path: String) -> Kind {
    var (own, status) = (stat(), stat())
    guard lstat(path, &own) == 0, stat(path, &status) == 0 else { return .other }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return own.st_mode & S_IFMT == S_IFDIR ? .folder : .linkedFolder
    default: return .other
    }
  }

  /// False when a file cannot be written at a path, for all that one can tell before.
  static func mayWrite(_ path: String) -> Bool {
    guard access(path, F_OK) != 0 else { return !isFolder(path) && access(path, W_OK) == 0 }
    var folder = path
    // The folders that are not there are made.
    repeat {
      guard let slash = folder.lastIndex(of: "/") else { return access(".", W_OK) == 0 }
      folder = String(folder[..<slash])
      if folder.isEmpty { folder = "/" }
    } while access(folder, F_OK) != 0 && folder != "/"
    return isFolder(folder) && access(folder, W_OK | X_OK) == 0
  }

  /// The names in a folder, sorted, but for hidden ones; `nil` when it cannot be read.
  static func names(in path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.first != "." { names.append(name) }
    }
    return names.sorted()
  }
}
