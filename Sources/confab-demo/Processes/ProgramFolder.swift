import Glibc

/// Where the other programs are: beside this one in a build, in `bin` after `make install`.
enum ProgramFolder {
  /// The path of the program called `name`; where it is not, the one beside this program, for the error.
  static func path(of name: String) -> String {
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
}
