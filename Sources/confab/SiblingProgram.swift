import ArgumentTable
import Glibc

/// A program of its own that a subcommand runs in this one's place: the servers and what needs an access key.
struct SiblingProgram {
  private let name: String
  private let arguments: [String]

  /// The program behind a command line; `nil` for the client's own commands.
  init?(_ arguments: [String]) {
    switch arguments.first {
    case "serve", "emulator", "demo", "script":
      name = "confab-\(arguments[0])"
      self.arguments = Array(arguments.dropFirst())
    case "--complete":
      // The last word is still being typed.
      guard let program = SiblingProgram(Array(arguments.dropFirst().dropLast())) else {
        return nil
      }
      name = program.name
      self.arguments = ["--complete"] + program.arguments + arguments.suffix(1)
    case "identity", "sms", "quickstart", "cleanup":
      name = "confab-admin"
      self.arguments = arguments
    // The other commands about tokens need no access key, and are the client's own.
    case "token" where arguments.dropFirst().first == "issue":
      name = "confab-admin"
      self.arguments = arguments
    default: return nil
    }
  }

  /// Runs the program in this process's place; returns only when that failed.
  func replaceThisProcess() -> Int32 {
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
