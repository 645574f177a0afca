import Glibc

/// Where the things are that come with this program: beside it in a build, around it after `make install`.
enum ProgramFolder {
  /// Where the other programs are.
  static var siblings: [String] { [own, "\(own)/../libexec/confab"] }

  /// Where the themes are.
  static var themes: [String] { ["\(own)/../share/confab/themes", "\(own)/../../../themes"] }

  /// The folder of this program itself.
  private static var own: String {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink("/proc/self/exe", &path, path.count - 1)
    guard count > 0 else { return "." }
    let program = String(decoding: path[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return program.lastIndex(of: "/").map { String(program[..<$0]) } ?? "."
  }
}
