import CProcess
import Glibc

/// What a program is started with: its path, and the words that C wants.
public enum ProgramWords {
  /// The path of one of Confab's programs: beside the caller's own in a build, in `bin` after `make install`; where it is not, the
  /// one beside, for the error.
  public static func path(of name: String) -> String {
    let places = ["\(own)/\(name)", "\(own)/../../bin/\(name)"]
    return places.first { access($0, X_OK) == 0 } ?? places[0]
  }

  /// The folder of this program itself.
  private static var own: String {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &path, path.count)
    guard count > 0 else { return "." }
    let program = String(decoding: path[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return program.lastIndex(of: "/").map { String(program[..<$0]) } ?? "."
  }

  /// This process's environment with variables added, replaced or, for `nil`, left out.
  public static func environment(_ changes: [String: String?]) -> [String] {
    var words: [String] = []
    var place = confab_environment()
    while let text = place?.pointee {
      let word = String(cString: text)
      if changes[String(word.prefix { $0 != "=" })] == nil { words.append(word) }
      place = place?.advanced(by: 1)
    }
    return words + changes.compactMap { name, value in value.map { "\(name)=\($0)" } }.sorted()
  }

  /// Lends C a list of texts with a null pointer at its end.
  public static func lend<Result>(
    _ words: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = words.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    return body(copies + [nil])
  }
}
