import ArgumentTable
import Glibc

/// A program of its own that a subcommand runs in this one's place: the servers and what needs an access key.
struct SiblingProgram {
  private let name: String

  /// The program behind a subcommand; `nil` for the client's own commands.
  init?(command: String) {
    guard ["serve", "emulator", "demo"].contains(command) else { return nil }
    name = "confab-\(command)"
  }

  /// Runs the program in this process's place; returns only when that failed.
  func replaceThisProcess(arguments: [String]) -> Int32 {
    for folder in ProgramFolder.siblings {
      let path = "\(folder)/\(name)"
      guard access(path, X_OK) == 0 else { continue }
      var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
      words.append(nil)
      execv(path, words)
      return Program.fail(
        "confab: \(path) cannot be run: \(String(cString: strerror(errno)))", .internal)
    }
    return Program.fail(
      "confab: \(name) is not installed: looked in \(ProgramFolder.siblings.joined(separator: " and ")). "
        + "`make install` puts it there.", .unavailable)
  }
}
