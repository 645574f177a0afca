import ArgumentTable
import CProcess
import Glibc

/// A file that only lives in memory, for as long as somebody has it open.
struct MemoryFile {
  /// Its open file.
  let number: Int32

  /// An empty file; `name` is shown in `/proc` alone.
  init(name: String) throws(DemoError) {
    number = confab_memory_file(name)
    guard number >= 0 else {
      throw DemoError(
        .internal, "there is no memory for a file: \(String(cString: strerror(errno)))")
    }
  }

  /// The path under which a process that has it open can read it.
  var path: String { "/dev/fd/\(number)" }

  /// Appends a text.
  func write(_ text: String) throws(DemoError) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
      guard count > 0 else {
        throw DemoError(
          .internal, "a file in memory is full: \(String(cString: strerror(errno)))")
      }
      rest = rest.dropFirst(count)
    }
  }

  /// The last `limit` bytes of it as text.
  func end(limit: Int = 4096) -> String {
    let size = Int(lseek(number, 0, SEEK_END))
    var bytes = [UInt8](repeating: 0, count: max(0, min(limit, size)))
    let count = pread(number, &bytes, bytes.count, size - bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  /// Closes it here.
  func close() {
    Glibc.close(number)
  }
}
