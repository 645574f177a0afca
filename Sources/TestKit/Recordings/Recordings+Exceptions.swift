#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Recordings {
  /// The lines of a file beside `source` that lists what is not as recorded: three parts between `|`, the last a reason.
  ///
  /// Lines that begin with `#` are comments.
  ///
  /// - Throws: ``Unreadable`` for a line of another form, or the error of reading the file.
  public static func exceptions(
    in name: String, beside source: StaticString
  ) throws -> [(what: String, which: String, reason: String)] {
    let folder = URL(filePath: "\(source)").deletingLastPathComponent()
    let text = String(
      decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
    return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let parts = line.split(separator: "|").map { part in
        let part = part.drop { $0 == " " }
        return String(part.last == " " ? part.dropLast() : part)
      }
      guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else {
        throw Unreadable(description: "\(name): \(line)")
      }
      return (parts[0], parts[1], parts[2])
    }
  }
}
